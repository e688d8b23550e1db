/// The function that a layer applies to its pre-activations.
package enum Activation: String, CaseIterable, Sendable {
  case relu, sigmoid, tanh
  /// Only in the last layer.
  case softmax

  /// The activations that hidden layers may have.
  package static let hidden: [Activation] = [.relu, .sigmoid, .tanh]
}

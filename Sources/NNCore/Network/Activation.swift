/// What a layer applies to its pre-activations.
package enum Activation: String, CaseIterable, Sendable {
  case relu, sigmoid, tanh
  /// In the last layer alone.
  case softmax

  /// Those that hidden layers may have.
  package static let hidden: [Activation] = [.relu, .sigmoid, .tanh]
}

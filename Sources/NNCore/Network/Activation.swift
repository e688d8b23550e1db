/// The function that a layer applies to its pre-activations.
package enum Activation: String, CaseIterable, Sendable {
  case relu, sigmoid, tanh
  /// x, or 0.01 x below 0 (Maas et al., 2013).
  case leakyReLU = "leaky-relu"
  /// x · Φ(x), with Φ the standard normal distribution (Hendrycks and Gimpel, 2016).
  case gelu
  /// Only in the last layer.
  case softmax

  /// The activations that hidden layers may have.
  package static let hidden: [Activation] = [.relu, .sigmoid, .tanh, .leakyReLU, .gelu]
}

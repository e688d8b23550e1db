/// The activation that a kernel applies as it stores a layer's sums.
@frozen
public enum OutputActivation {
  case none, relu, sigmoid, tanh, leakyReLU
  /// The sums are stored as they are, for `applyGELU`. On the way back, the derivatives that it stores take the place
  /// of the outputs, which don't tell them.
  case gelu
}

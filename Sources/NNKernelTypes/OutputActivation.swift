/// The activation that a kernel applies as it stores a layer's sums.
@frozen
public enum OutputActivation {
  case none, relu, sigmoid, tanh
}

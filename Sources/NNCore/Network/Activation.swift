/// What a layer applies to its pre-activations.
public enum Activation: String, CaseIterable, Sendable {
  case relu, sigmoid, tanh
  /// In the last layer alone.
  case softmax

  /// Those that hidden layers may have.
  public static let hidden: [Activation] = [.relu, .sigmoid, .tanh]
}

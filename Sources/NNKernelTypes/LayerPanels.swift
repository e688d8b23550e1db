/// A layer, or some of its panels, as the forward product takes it: activation(x · weights + biases).
@frozen
public struct LayerPanels {
  /// A row an input.
  public let weights: Panels
  /// The biases of the first panel. From one panel's biases to the next's it is as far as from panel to panel of the
  /// weights.
  public let biases: UnsafePointer<Float>
  public let activation: OutputActivation

  @inlinable
  public init(weights: Panels, biases: UnsafePointer<Float>, activation: OutputActivation) {
    (self.weights, self.biases, self.activation) = (weights, biases, activation)
  }
}

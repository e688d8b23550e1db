/// Weights in panels, and the optimiser's first and second moments in the same places.
///
/// The form of the `UpdateRule` says which moments exist. Kernels don't follow the pointer of a moment that doesn't.
@frozen
public struct ParameterPanels {
  public let weights: UnsafeMutablePointer<Float>
  public let firstMoment: UnsafeMutablePointer<Float>
  public let secondMoment: UnsafeMutablePointer<Float>
  /// Floats from one panel to the next.
  public let stride: Int
  public let count: Int

  @inlinable
  public init(
    weights: UnsafeMutablePointer<Float>, firstMoment: UnsafeMutablePointer<Float>,
    secondMoment: UnsafeMutablePointer<Float>, stride: Int, count: Int
  ) {
    (self.weights, self.firstMoment, self.secondMoment) = (weights, firstMoment, secondMoment)
    (self.stride, self.count) = (stride, count)
  }

  /// Parameters without moments.
  @inlinable
  public init(weights: UnsafeMutablePointer<Float>, stride: Int, count: Int) {
    self.init(weights: weights, firstMoment: weights, secondMoment: weights, stride: stride, count: count)
  }
}

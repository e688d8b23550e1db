/// A matrix of Floats in panels of `lanes` columns that a kernel writes.
@frozen
public struct MutablePanels {
  public let start: UnsafeMutablePointer<Float>
  /// Floats from one panel to the next.
  public let stride: Int
  public let count: Int

  @inlinable
  public init(start: UnsafeMutablePointer<Float>, stride: Int, count: Int) {
    (self.start, self.stride, self.count) = (start, stride, count)
  }
}

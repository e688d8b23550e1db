/// A matrix of Floats in panels of `lanes` columns.
@frozen
public struct Panels {
  public let start: UnsafePointer<Float>
  /// Floats from one panel to the next.
  public let stride: Int
  public let count: Int

  @inlinable
  public init(start: UnsafePointer<Float>, stride: Int, count: Int) {
    (self.start, self.stride, self.count) = (start, stride, count)
  }
}

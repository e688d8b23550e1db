/// A matrix of Floats, row by row.
@frozen
public struct Rows {
  public let start: UnsafePointer<Float>
  /// Floats from one row to the next.
  public let stride: Int
  public let count: Int

  @inlinable
  public init(start: UnsafePointer<Float>, stride: Int, count: Int) {
    (self.start, self.stride, self.count) = (start, stride, count)
  }
}

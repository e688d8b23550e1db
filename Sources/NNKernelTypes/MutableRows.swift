/// A matrix of Floats, row by row, that a kernel writes.
@frozen
public struct MutableRows {
  public let start: UnsafeMutablePointer<Float>
  /// Floats from one row to the next.
  public let stride: Int
  public let count: Int

  @inlinable
  public init(start: UnsafeMutablePointer<Float>, stride: Int, count: Int) {
    (self.start, self.stride, self.count) = (start, stride, count)
  }
}

/// Four rows of bytes: four pictures by pixel, or four pixels by example.
@frozen
public struct QuadRows {
  public let first: UnsafePointer<UInt8>
  public let second: UnsafePointer<UInt8>
  public let third: UnsafePointer<UInt8>
  public let fourth: UnsafePointer<UInt8>

  @inlinable
  public init(
    _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ third: UnsafePointer<UInt8>,
    _ fourth: UnsafePointer<UInt8>
  ) {
    (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
  }
}

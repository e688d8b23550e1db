/// Rows of bits, each in whole words.
@frozen
public struct BitRows {
  public let start: UnsafePointer<UInt64>
  /// Words a row.
  public let words: Int

  @inlinable
  public init(start: UnsafePointer<UInt64>, words: Int) {
    (self.start, self.words) = (start, words)
  }
}

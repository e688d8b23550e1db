/// A matrix of whole numbers of 16 bits in panels of `lanes` columns, two rows in a row of words: a word holds two
/// numbers of a column, the even row's in its lower half.
@frozen
public struct QuantizedPanels {
  public let words: UnsafeMutablePointer<Int32>
  /// For each column, the Float that a quantised 1 stands for.
  public let scales: UnsafeMutablePointer<Float>
  /// Words from one panel to the next.
  public let stride: Int
  public let count: Int

  @inlinable
  public init(words: UnsafeMutablePointer<Int32>, scales: UnsafeMutablePointer<Float>, stride: Int, count: Int) {
    (self.words, self.scales, self.stride, self.count) = (words, scales, stride, count)
  }
}

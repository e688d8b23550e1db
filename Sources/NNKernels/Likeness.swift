/// Finds, among rows of bits, one that differs from another in the fewest places.
///
/// - Parameters:
///   - bits: rows of `words` words.
///   - row: the one to be compared with.
///   - next: by row, the one that is to be looked at after it; `end` where there is none.
///   - most: rows to be looked at.
/// - Returns: the first of the best, and the row before it in the order of `next`; `row` itself if there is none to look at.
public func findLikest(
  _ bits: UnsafePointer<UInt64>, words: Int, row: Int, next: UnsafePointer<Int>, end: Int, most: Int
) -> (best: Int, before: Int) {
  var (best, beforeBest, least) = (row, row, Int.max)
  var (before, index, looked) = (row, next[row], 0)
  while index < end && looked < most {
    var difference = 0
    let (one, other) = (bits + row &* words, bits + index &* words)
    for word in 0..<words { difference &+= (one[word] ^ other[word]).nonzeroBitCount }
    if difference < least { (best, beforeBest, least) = (index, before, difference) }
    (before, index) = (index, next[index])
    looked &+= 1
  }
  return (best, beforeBest)
}

import NNKernels

/// Lists of entries, one after the other, that grow as they are filled.
struct QuadLists {
  private(set) var count = 0
  private var starts = Buffer<Int>(1)
  private var entries = Buffer<QuadEntry>(0)

  /// The number of entries in a list.
  subscript(index: Int) -> Int { starts.start[index + 1] - starts.start[index] }

  /// The lists in `range`, for the kernels; valid until more are added.
  func run(_ range: Range<Int>, needed: UnsafePointer<Bool>? = nil) -> QuadRun {
    QuadRun(entries: entries.start, starts: starts.start + range.lowerBound, count: range.count, needed: needed)
  }

  mutating func removeAll() {
    count = 0
  }

  /// Adds a list that `fill` writes; it says how many entries it wrote, `most` at the most.
  mutating func append(upTo most: Int, _ fill: (UnsafeMutablePointer<QuadEntry>) -> Int) {
    if count + 1 == starts.count {
      starts = starts.grown(to: max(64, 2 * starts.count))
    }
    let end = starts.start[count]
    let needed = end + most + listPadding
    if needed > entries.count { entries = entries.grown(to: max(needed, 2 * end)) }
    count += 1
    starts.start[count] = end + fill(entries.start + end)
  }
}

extension Buffer {
  /// A larger one that begins with the same elements.
  fileprivate func grown(to count: Int) -> Buffer {
    let larger = Buffer(count)
    larger.start.update(from: start, count: self.count)
    return larger
  }
}

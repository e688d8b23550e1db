import NNKernelTypes

/// Memory for lists of pairs of places, for quantised products, that grows as lists are added.
package struct PairLists: QuadListing {
  private var lists = QuadLists()
  /// For each entry of all lists, half of its even place.
  private var places = Buffer<UInt32>(0)

  /// The parts of the list that is being made.
  private var parts = (
    entries: Array(repeating: [QuadEntry](), count: QuadRun.parts),
    places: Array(repeating: [UInt32](), count: QuadRun.parts)
  )

  package init() {}

  package var count: Int { lists.count }

  /// The number of entries in a list.
  package subscript(index: Int) -> Int { lists[index] }

  /// The lists in `range`, for the kernels; valid until more are added.
  package func run(_ range: Range<Int>, needed: UnsafePointer<Bool>? = nil) -> PairRun {
    PairRun(lists: lists.run(range, needed: needed), places: places.start)
  }

  package mutating func removeAll() {
    lists.removeAll()
  }

  /// Adds a list of the pairs of places below `width` where one of four rows of bytes is not zero, sorted into its
  /// parts.
  package mutating func append(_ rows: QuadRows, width: Int, kernels _: any KernelSet) {
    for part in 0..<QuadRun.parts {
      parts.entries[part].removeAll(keepingCapacity: true)
      parts.places[part].removeAll(keepingCapacity: true)
    }
    for place in 0..<(width + 1) / 2 {
      let isWhole = 2 * place + 1 < width
      func two(_ row: UnsafePointer<UInt8>) -> QuadEntry {
        QuadEntry(row[2 * place]) | (isWhole ? QuadEntry(row[2 * place + 1]) << 8 : 0)
      }
      let (firstTwo, lastTwo) = (two(rows.first) | two(rows.second) << 16, two(rows.third) | two(rows.fourth) << 16)
      guard firstTwo | lastTwo != 0 else { continue }
      let part = lastTwo == 0 ? 1 : firstTwo == 0 ? 2 : 0
      parts.entries[part].append(firstTwo | lastTwo << 32)
      parts.places[part].append(UInt32(place))
    }
    var end = lists.entryCount
    lists.append(parts.entries)
    Buffer.reserve(&places, lists.entryCount)
    for place in parts.places.joined() {
      places.start[end] = place
      end += 1
    }
  }

  /// Lists of pairs are sorted as they are made.
  package mutating func sortIntoParts() {}
}

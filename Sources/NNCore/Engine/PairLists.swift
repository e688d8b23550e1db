import NNKernels

/// Lists of entries in pairs of places, one after the other, that grow as they are made.
package struct PairLists {
  package private(set) var count = 0
  /// As `PairRun` has them.
  private var starts = Buffer<Int>(1)
  private var entries = Buffer<QuadEntry>(0)
  private var places = Buffer<UInt32>(0)

  /// The list that is being made, part by part.
  private var parts: [[(entry: QuadEntry, place: UInt32)]] = Array(repeating: [], count: QuadRun.parts)

  package init() {}

  /// The number of entries in a list.
  package subscript(index: Int) -> Int {
    starts.start[QuadRun.parts * (index + 1)] - starts.start[QuadRun.parts * index]
  }

  /// The lists in `range`, for the kernels; valid until more are added.
  package func run(_ range: Range<Int>, needed: UnsafePointer<Bool>? = nil) -> PairRun {
    PairRun(
      lists: QuadRun(
        entries: entries.start, starts: starts.start + QuadRun.parts * range.lowerBound, count: range.count,
        needed: needed),
      places: places.start)
  }

  mutating func removeAll() {
    count = 0
  }

  /// Adds a list of the pairs of places below `width` where one of four rows of bytes is not zero.
  package mutating func append(
    _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ third: UnsafePointer<UInt8>,
    _ fourth: UnsafePointer<UInt8>, width: Int
  ) {
    for part in parts.indices { parts[part].removeAll(keepingCapacity: true) }
    for place in 0..<(width + 1) / 2 {
      let isWhole = 2 * place + 1 < width
      func two(_ row: UnsafePointer<UInt8>) -> QuadEntry {
        QuadEntry(row[2 * place]) | (isWhole ? QuadEntry(row[2 * place + 1]) << 8 : 0)
      }
      let (firstTwo, lastTwo) = (two(first) | two(second) << 16, two(third) | two(fourth) << 16)
      guard firstTwo | lastTwo != 0 else { continue }
      parts[lastTwo == 0 ? 1 : firstTwo == 0 ? 2 : 0].append((firstTwo | lastTwo << 32, UInt32(place)))
    }
    var end = starts.start[QuadRun.parts * count]
    Buffer.reserve(&starts, QuadRun.parts * (count + 1) + 1)
    Buffer.reserve(&entries, end + (width + 1) / 2)
    Buffer.reserve(&places, end + (width + 1) / 2)
    for (index, part) in parts.enumerated() {
      for (entry, place) in part {
        (entries.start[end], places.start[end]) = (entry, place)
        end += 1
      }
      starts.start[QuadRun.parts * count + index + 1] = end
    }
    count += 1
  }
}

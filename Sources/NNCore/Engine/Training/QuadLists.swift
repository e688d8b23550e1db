import NNKernels

/// Lists of entries, one after the other, that grow as they are filled.
package struct QuadLists {
  package private(set) var count = 0
  /// As `QuadRun` has them.
  private var starts = Buffer<Int>(1)
  private var entries = Buffer<QuadEntry>(0)

  package init() {}

  /// The number of entries in all lists.
  var entryCount: Int { starts.start[QuadRun.parts * count] }

  /// The number of entries in a list.
  package subscript(index: Int) -> Int {
    starts.start[QuadRun.parts * (index + 1)] - starts.start[QuadRun.parts * index]
  }

  /// The lists in `range`, for the kernels; valid until more are added.
  package func run(_ range: Range<Int>, needed: UnsafePointer<Bool>? = nil) -> QuadRun {
    QuadRun(
      entries: entries.start, starts: starts.start + QuadRun.parts * range.lowerBound, count: range.count,
      needed: needed)
  }

  mutating func removeAll() {
    count = 0
  }

  /// Adds a list that `fill` writes; it says how many entries it wrote, `most` at the most.
  package mutating func append(upTo most: Int, _ fill: (UnsafeMutablePointer<QuadEntry>) -> Int) {
    let end = makeRoom(most + listPadding)
    let newEnd = end + fill(entries.start + end)
    for part in 1...QuadRun.parts { starts.start[QuadRun.parts * count + part] = newEnd }
    count += 1
  }

  /// Adds a list that is sorted into its parts.
  mutating func append(_ parts: [[QuadEntry]]) {
    var end = makeRoom(parts.reduce(0) { $0 + $1.count })
    for (part, own) in parts.enumerated() {
      for (index, entry) in own.enumerated() { entries.start[end + index] = entry }
      end += own.count
      starts.start[QuadRun.parts * count + part + 1] = end
    }
    count += 1
  }

  /// Makes room for one list more, of so many entries, and tells where they start.
  private mutating func makeRoom(_ most: Int) -> Int {
    let end = starts.start[QuadRun.parts * count]
    Buffer.reserve(&starts, QuadRun.parts * (count + 1) + 1)
    Buffer.reserve(&entries, end + most)
    return end
  }

  /// Sorts the lists' entries into their parts, in each of which they keep their order. To do so takes longer than is gained
  /// by it, until the lists have been gone through several times.
  package mutating func sortIntoParts() {
    func part(_ entry: QuadEntry) -> Int {
      if entry & 0xffff << 48 == 0 { return 1 }
      return entry & 0xffff << 32 == 0 ? 2 : 0
    }
    for list in 0..<count {
      let range = starts.start[QuadRun.parts * list]..<starts.start[QuadRun.parts * (list + 1)]
      let own = range.map { entries.start[$0] }
      var places = [0, 0, 0]
      for entry in own { places[part(entry)] += 1 }
      var start = range.lowerBound
      for index in places.indices {
        starts.start[QuadRun.parts * list + index] = start
        (places[index], start) = (start, start + places[index])
      }
      for entry in own {
        let index = part(entry)
        entries.start[places[index]] = entry
        places[index] += 1
      }
    }
  }
}

import NNKernelTypes

/// Memory for lists of quads, one after the other, that grows as lists are added.
package struct QuadLists: QuadListing {
  package private(set) var count = 0
  /// Where the parts of each list start, as `QuadRun` takes them.
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

  package mutating func removeAll() {
    count = 0
  }

  package mutating func append(_ rows: QuadRows, width: Int, kernels: any KernelSet) {
    let end = makeRoom(width + listPadding)
    let newEnd = end + kernels.listQuad(rows, count: width, entries: entries.start + end)
    for part in 1...QuadRun.parts { starts.start[QuadRun.parts * count + part] = newEnd }
    count += 1
  }

  /// Adds a list whose entries are sorted into parts.
  mutating func append(_ parts: [[QuadEntry]]) {
    var end = makeRoom(parts.reduce(0) { $0 + $1.count })
    for (part, own) in parts.enumerated() {
      for (index, entry) in own.enumerated() { entries.start[end + index] = entry }
      end += own.count
      starts.start[QuadRun.parts * count + part + 1] = end
    }
    count += 1
  }

  /// Makes room for one more list of up to `capacity` entries.
  ///
  /// - Returns: where its entries start.
  private mutating func makeRoom(_ capacity: Int) -> Int {
    let end = starts.start[QuadRun.parts * count]
    Buffer.reserve(&starts, QuadRun.parts * (count + 1) + 1)
    Buffer.reserve(&entries, end + capacity)
    return end
  }

  /// Sorts the entries of each list into its parts; within a part they keep their order. Sorting pays only where lists
  /// are gone through several times.
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

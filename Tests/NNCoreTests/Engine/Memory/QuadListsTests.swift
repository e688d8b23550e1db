import NNCore
import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct QuadListsTests {
  /// Entries of one, two, three and four rows that are not zero, in all ways.
  @Test func entriesAreSortedByTheRowsTheyHave() {
    var entries: [QuadEntry] = []
    for place in 1..<64 as Range<QuadEntry> {
      var entry = place
      for row in 0..<4 as Range<QuadEntry> where place >> row & 1 == 1 { entry |= 1 << (32 + 8 * row) }
      if entry >> 32 != 0 { entries.append(entry) }
    }
    let rows = (0..<4).flatMap { row in (0..<64).map { UInt8($0 >> row & 1) } }
    var lists = QuadLists()
    for width in [64, 0, 8] {
      rows.withUnsafeBufferPointer { bytes in
        let start = bytes.baseAddress!
        lists.append(
          QuadRows(start, start + 64, start + 128, start + 192), width: width, kernels: KernelChoice.kernels)
      }
    }
    lists.sortIntoParts()
    #expect(lists.count == 3 && lists[0] == entries.count && lists[1] == 0 && lists[2] == 7)
    let run = lists.run(0..<3)
    for (list, count) in [entries.count, 0, 7].enumerated() {
      let starts = (0...QuadRun.parts).map { run.starts[QuadRun.parts * list + $0] }
      let parts = zip(starts, starts.dropFirst()).map { range in (range.0..<range.1).map { run.entries[$0] } }
      let (firstTwo, lastTwo): (QuadEntry, QuadEntry) = (0xffff << 32, 0xffff << 48)
      let own = entries.prefix(count)
      #expect(parts[0] == own.filter { $0 & firstTwo != 0 && $0 & lastTwo != 0 })
      #expect(parts[1] == own.filter { $0 & lastTwo == 0 })
      #expect(parts[2] == own.filter { $0 & firstTwo == 0 })
      #expect(list != 0 || parts.allSatisfy { !$0.isEmpty })
    }
  }
}

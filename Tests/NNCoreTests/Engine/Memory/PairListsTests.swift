import NNCore
import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct PairListsTests {
  /// Rows that are zero in all ways, of odd width too.
  @Test(arguments: [0, 1, 2, 15, 31, 32])
  func entriesHoldBothPlacesOfFourRows(width: Int) {
    func byte(_ row: Int, _ place: Int) -> UInt8 {
      let isZero = (place / 2) >> row & 1 == 0
      return isZero ? 0 : UInt8(16 * row + place % 2)
    }
    let rows = (0..<4).map { row in (0..<width).map { byte(row, $0) } }
    var lists = PairLists()
    let memory = rows.map { $0 + [0] }
    for _ in 0..<2 {
      memory[0].withUnsafeBufferPointer { first in
        memory[1].withUnsafeBufferPointer { second in
          memory[2].withUnsafeBufferPointer { third in
            memory[3].withUnsafeBufferPointer { fourth in
              lists.append(
                QuadRows(first.baseAddress!, second.baseAddress!, third.baseAddress!, fourth.baseAddress!),
                width: width, kernels: KernelChoice.kernels)
            }
          }
        }
      }
    }
    func entry(_ pair: Int) -> QuadEntry {
      var entry: QuadEntry = 0
      for index in 0..<8 where 2 * pair + index % 2 < width {
        entry |= QuadEntry(byte(index / 2, 2 * pair + index % 2)) << QuadEntry(8 * index)
      }
      return entry
    }
    let places = (0..<(width + 1) / 2).filter { entry($0) != 0 }
    let (firstTwo, lastTwo): (QuadEntry, QuadEntry) = (0xffff_ffff, 0xffff_ffff << 32)
    let parts = [
      places.filter { entry($0) & firstTwo != 0 && entry($0) & lastTwo != 0 },
      places.filter { entry($0) & lastTwo == 0 }, places.filter { entry($0) & firstTwo == 0 },
    ]
    #expect(lists.count == 2 && lists[0] == places.count && lists[1] == places.count)
    for list in 0..<2 {
      let run = lists.run(list..<2)
      for (part, expected) in parts.enumerated() {
        let range = run.lists.starts[part]..<run.lists.starts[part + 1]
        #expect(range.map { Int(run.places[$0]) } == expected)
        #expect(range.map { run.lists.entries[$0] } == expected.map(entry))
      }
    }
    #expect(width < 31 || parts.allSatisfy { !$0.isEmpty })
  }
}

import NNCore
import Testing

@Suite struct BitPackedRunsTests {
  private func numbers(_ bytes: [UInt8], width: Int, count: Int) throws -> [UInt32] {
    try BitPackedRuns.decode(Bytes(bytes), width: width, count: count)
  }

  /// The example of Encodings.md: 0 to 7 in three bits each.
  @Test func packed() throws {
    #expect(try numbers([3, 0b1000_1000, 0b1100_0110, 0b1111_1010], width: 3, count: 8) == [0, 1, 2, 3, 4, 5, 6, 7])
    // The last group of eight may be left out in part.
    #expect(try numbers([3, 0b1000_1000, 0b1100_0110], width: 3, count: 5) == [0, 1, 2, 3, 4])
    #expect(try numbers([3] + (0..<32).map { UInt8($0 % 4 == 3 ? 0x80 : 1) }, width: 32, count: 8).last == 0x8001_0101)
  }

  @Test func runs() throws {
    #expect(try numbers([10, 2], width: 3, count: 5) == [2, 2, 2, 2, 2])
    #expect(try numbers([4, 2, 1, 6, 0xff, 0xff], width: 9, count: 5) == [258, 258, 65535, 65535, 65535])
    #expect(try numbers([0x80, 8], width: 0, count: 512) == Array(repeating: 0, count: 512))
    // A run after a group whose end is not asked for.
    #expect(try numbers([3, 0xff, 4, 0], width: 1, count: 10) == [1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
    #expect(try numbers([], width: 5, count: 0).isEmpty)
  }

  @Test func damage() {
    for (bytes, message) in [
      ([], "its runs end early"), ([0x80], "its runs end early"), ([10], "its run ends early"),
      ([3, 0], "its packed numbers end early"), ([0xff, 0xff, 0xff, 0xff, 0xff], "the length of a run is damaged"),
    ] as [([UInt8], String)] {
      do {
        let numbers = try numbers(bytes, width: 5, count: 5)
        Issue.record("took \(numbers)")
      } catch {
        #expect((error as? ParquetFault)?.message == message)
      }
    }
    // A run of no numbers must not be read for ever.
    #expect(throws: ParquetFault.self) { try numbers([0, 1, 0, 1], width: 1, count: 3) }
  }
}

import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct HammingDistanceTests {
  /// The first of the rows that differ least, among the rows to be looked at.
  @Test(arguments: instructionSets, [1, 7, 13, 17])
  func findsTheNearestRowOfTheList(_ set: InstructionSet, words: Int) throws {
    let kernels = try #require(set.kernels)
    let rows = 20
    let bits = GuardedBuffer<UInt64>(rows * words)
    var numbers = Numbers(seed: 3)
    for index in 0..<bits.count { bits.start[index] = UInt64(numbers.bits()) &* 0x9e37_79b9_7f4a_7c15 }
    // Row 3 is not in the list; 18 is like 0, and 19 as much; 17 nearly.
    for word in 0..<words {
      for row in [3, 17, 18, 19] { bits.start[row * words + word] = bits.start[word] }
    }
    bits.start[17 * words] ^= 1
    var next = Array(1...rows)
    next[2] = 4
    func find(_ row: Int, limit: Int) -> [Int] {
      let (nearest, predecessor) = kernels.nearestByHammingDistance(
        to: row, in: BitRows(start: bits.start, words: words), next: next, end: rows, limit: limit)
      return [nearest, predecessor]
    }
    #expect(find(0, limit: rows) == [18, 17])
    #expect(find(0, limit: 16) == [17, 16])
    #expect(find(19, limit: rows) == [19, 19])
    #expect(find(18, limit: 1) == [19, 18])
    #expect(bits.isIntact)
  }
}

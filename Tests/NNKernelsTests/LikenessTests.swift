import NNCore
import NNKernels
import Testing

@Suite struct LikenessTests {
  /// The first of those that differ least, of the few to be looked at.
  @Test(arguments: kernelSets.map(\.instructionSet), [1, 7, 13, 17])
  func findsTheLikestOfThoseInTheList(_ set: Kernels.InstructionSet, words: Int) throws {
    let kernels = try #require(Kernels(set))
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
    func find(_ row: Int, most: Int) -> [Int] {
      let (best, before) = kernels.findLikest(bits.start, words, row, next, rows, most)
      return [best, before]
    }
    #expect(find(0, most: rows) == [18, 17])
    #expect(find(0, most: 16) == [17, 16])
    #expect(find(19, most: rows) == [19, 19])
    #expect(find(18, most: 1) == [19, 18])
    #expect(bits.isIntact)
  }
}

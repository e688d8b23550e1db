import NNCore
import Testing

@Suite struct BatchBlocksTests {
  @Test(arguments: [0, 1, 3, 1023, 1024, 1025, 2048, 2049, 5000, 60_000, 1_000_003])
  func everyExampleIsInOneBlockOfOneHalf(examples: Int) {
    let blocks = BatchBlocks(examples: examples)
    #expect(blocks.reductionHalves == (examples > BatchBlocks.maximumSize ? 2 : 1))
    let rows = (0..<blocks.count).map { blocks.rows(ofBlock: $0) }
    #expect(rows[0].lowerBound == 0 && rows[rows.count - 1].upperBound == examples)
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    let sizes = rows.map(\.count)
    #expect(sizes.max()! <= BatchBlocks.maximumSize && sizes.max()! - sizes.min()! <= 1)
    #expect((0..<blocks.reductionHalves).flatMap { Array(blocks.blocks(ofHalf: $0)) } == Array(0..<blocks.count))
    let halves = (0..<blocks.reductionHalves).map { blocks.rows(ofHalf: $0).count }
    #expect(halves.reduce(0, +) == examples && halves.max()! - halves.min()! <= 1)
  }
}

/// How the examples of a batch are split where gradients are summed over them.
///
/// A gradient is summed over a block in registers. A batch larger than one block has two reduction halves, each of as
/// many blocks of nearly equal size: the gradients of a half are summed in memory, block after block, and then both
/// sums are added. So two workers that took a half each through the network find its gradients in their own caches. The
/// split depends on the number of examples alone, so that sums are the same whoever computes them.
package struct BatchBlocks {
  /// The maximum number of examples in a block: few enough for their gradients to stay in a near cache, and enough for
  /// lists of some length.
  package static let maximumSize = 1024

  package let examples: Int
  package let count: Int

  package init(examples: Int) {
    self.examples = examples
    count = examples <= Self.maximumSize ? 1 : 2 * ((examples + 2 * Self.maximumSize - 1) / (2 * Self.maximumSize))
  }

  /// Parts of the batch whose gradients are summed on their own: one if there is one block, else two.
  package var reductionHalves: Int { min(count, 2) }

  package func rows(ofBlock block: Int) -> Range<Int> {
    examples * block / count..<examples * (block + 1) / count
  }

  package func blocks(ofHalf half: Int) -> Range<Int> {
    count / reductionHalves * half..<count / reductionHalves * (half + 1)
  }

  package func rows(ofHalf half: Int) -> Range<Int> {
    let blocks = blocks(ofHalf: half)
    return rows(ofBlock: blocks.lowerBound).lowerBound..<rows(ofBlock: blocks.upperBound - 1).upperBound
  }
}

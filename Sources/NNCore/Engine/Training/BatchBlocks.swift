/// How the examples of a batch are split where gradients are summed over them.
///
/// A row's gradient is summed over a block at once, in registers. A batch larger than a block has two halves, each of as many
/// blocks of nearly equal size: a half's gradients are summed in memory, block after block, and then those of both halves are
/// added. So two workers that took a half each through the network find its gradients in their own caches. It depends on the
/// number of examples alone, for sums to be the same whoever computes them.
package struct BatchBlocks {
  /// The most examples of a block: few enough for their gradients to stay near, and enough for lists of some length.
  package static let largest = 1024

  package let examples: Int
  package let count: Int

  package init(examples: Int) {
    self.examples = examples
    count = examples <= Self.largest ? 1 : 2 * ((examples + 2 * Self.largest - 1) / (2 * Self.largest))
  }

  /// Parts whose gradients are summed by themselves: one that is a block, or two of several.
  package var halves: Int { min(count, 2) }

  package func rows(ofBlock block: Int) -> Range<Int> {
    examples * block / count..<examples * (block + 1) / count
  }

  package func blocks(ofHalf half: Int) -> Range<Int> {
    count / halves * half..<count / halves * (half + 1)
  }

  package func rows(ofHalf half: Int) -> Range<Int> {
    let blocks = blocks(ofHalf: half)
    return rows(ofBlock: blocks.lowerBound).lowerBound..<rows(ofBlock: blocks.upperBound - 1).upperBound
  }
}

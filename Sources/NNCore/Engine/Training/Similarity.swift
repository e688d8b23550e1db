import NNKernelTypes

/// Which pixels of some pictures are not zero, to find pictures that are alike: near by Hamming distance.
package struct Similarity {
  private let count: Int
  /// Words of bits a picture.
  private let words: Int
  private let bits: [UInt64]
  private let kernels: any KernelSet

  package init(_ pictures: [UnsafePointer<UInt8>], width: Int, kernels: any KernelSet) {
    self.kernels = kernels
    (count, words) = (pictures.count, (width + 63) / 64)
    var bits = Array(repeating: UInt64(0), count: count * words)
    for (index, start) in pictures.enumerated() {
      for word in 0..<words {
        var lit: UInt64 = 0
        for place in 64 * word..<min(64 * (word + 1), width) {
          lit |= (start[place] == 0 ? 0 : 1) &<< UInt64(place % 64)
        }
        bits[index * words + word] = lit
      }
    }
    self.bits = bits
  }

  private init(count: Int, words: Int, bits: [UInt64], kernels: any KernelSet) {
    (self.count, self.words, self.bits, self.kernels) = (count, words, bits, kernels)
  }

  /// The number of pixels that are not zero in at least one of some pictures.
  package func union(_ pictures: some Sequence<Int>) -> Int {
    var union = Array(repeating: UInt64(0), count: words)
    for picture in pictures {
      for word in 0..<words { union[word] |= bits[picture * words + word] }
    }
    return union.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// All pictures in an order in which neighbours are alike: pictures are paired with similar pictures, pairs with
  /// similar pairs, and so on. The weights that two successive quads have in common then are in a near cache.
  package func order() -> [Int] {
    let pairs = partners()
    guard count > 3 else { return pairs }
    var unions: [UInt64] = []
    unions.reserveCapacity(count / 2 * words)
    for pair in 0..<count / 2 {
      let (first, second) = (pairs[2 * pair] * words, pairs[2 * pair + 1] * words)
      for word in 0..<words { unions.append(bits[first + word] | bits[second + word]) }
    }
    let whole = Similarity(count: count / 2, words: words, bits: unions, kernels: kernels)
    // The last of an odd number of pictures stays the last.
    let order = whole.order().flatMap { pair in [pairs[2 * pair], pairs[2 * pair + 1]] }
    return order + pairs.dropFirst(order.count)
  }

  /// Pictures that a picture is compared with to find its partner.
  private static let candidates = 512

  /// All pictures in an order in which each picture of even index is followed by the most similar of the candidates
  /// that had no partner yet.
  private func partners() -> [Int] {
    // A linked list of the pictures without a partner: for each, the next one; `count` after the last.
    var next = Array(1..<count + 1)
    var order: [Int] = []
    var first = 0
    while first < count {
      let (nearest, predecessor) = kernels.nearestByHammingDistance(
        to: first, in: BitRows(start: bits, words: words), next: next, end: count, limit: Self.candidates)
      order.append(first)
      if nearest != first {
        order.append(nearest)
        next[predecessor] = next[nearest]
      }
      first = next[first]
    }
    return order
  }
}

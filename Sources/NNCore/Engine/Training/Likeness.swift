/// Which pixels of some pictures are lit, to find those that are alike.
struct Likeness {
  private let count: Int
  /// Words of bits a picture.
  private let words: Int
  private let bits: [UInt64]
  private let kernels: Kernels

  init(_ pictures: [UnsafePointer<UInt8>], width: Int, kernels: Kernels) {
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

  private init(count: Int, words: Int, bits: [UInt64], kernels: Kernels) {
    (self.count, self.words, self.bits, self.kernels) = (count, words, bits, kernels)
  }

  /// Pixels that are lit in one of some pictures.
  func union(_ pictures: some Sequence<Int>) -> Int {
    var union = Array(repeating: UInt64(0), count: words)
    for picture in pictures {
      for word in 0..<words { union[word] |= bits[picture * words + word] }
    }
    return union.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// All pictures in an order in which neighbours are alike: partners first, then pairs of partners, and so on. What the
  /// second four have in common with the first is near when they are gone through.
  func order() -> [Int] {
    let pairs = partners()
    guard count > 3 else { return pairs }
    var unions: [UInt64] = []
    unions.reserveCapacity(count / 2 * words)
    for pair in 0..<count / 2 {
      let (first, second) = (pairs[2 * pair] * words, pairs[2 * pair + 1] * words)
      for word in 0..<words { unions.append(bits[first + word] | bits[second + word]) }
    }
    let whole = Likeness(count: count / 2, words: words, bits: unions, kernels: kernels)
    // The last of an odd number stays the last.
    let order = whole.order().flatMap { pair in [pairs[2 * pair], pairs[2 * pair + 1]] }
    return order + pairs.dropFirst(order.count)
  }

  /// Pictures that are compared with one to find its partner.
  private static let candidates = 512

  /// All pictures in an order in which each of even index is followed by the one that is most like it, of those that were
  /// left and near.
  private func partners() -> [Int] {
    // Those without a partner yet, as a list: each tells the next; the last of all tells `count`.
    var next = Array(1..<count + 1)
    var order: [Int] = []
    var first = 0
    while first < count {
      let (best, before) = kernels.findLikest(bits, words, first, next, count, Self.candidates)
      order.append(first)
      if best != first {
        order.append(best)
        next[before] = next[best]
      }
      first = next[first]
    }
    return order
  }
}

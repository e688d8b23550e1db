/// Synthetic handwritten digits, drawn from stroke templates in MNIST's format of 28 × 28 pixels.
package enum SyntheticDigits {
  /// Draws a data set of `count` digits. Each class occurs once in every ten examples from a multiple of ten on.
  ///
  /// The digit at a place depends only on the seed: neither on the number of threads nor on `count`.
  ///
  /// - Parameters:
  ///   - pool: the threads that draw.
  ///   - report: receives the number of finished digits from time to time.
  /// - Throws: `FileError` if a temporary file is needed and can't be written.
  package static func dataset(
    count: Int, seed: UInt32, pool: WorkerPool, report: (_ done: Int) -> Void = { _ in }
  ) throws -> Dataset {
    let side = DigitNormalizer.side
    let blockLength = 256
    var bytes = BytesBuilder(capacity: count * side * side)
    try pool.forEachInOrder((count + blockLength - 1) / blockLength) { _, block in
      let range = block * blockLength..<min((block + 1) * blockLength, count)
      return range.flatMap { pixels(at: $0, seed: seed) }
    } consume: { block, pixels in
      try bytes.append(pixels)
      report(block * blockLength)
    }
    var dataset = Dataset(
      count: count, inputs: .pixels(try bytes.finish(), rows: side, columns: side),
      labels: (0..<count).map { UInt16(label(at: $0, seed: seed)) })
    dataset.source = "synthetic by \(seed)"
    return dataset
  }

  /// The label at a place: every ten places hold a random permutation of the ten digits.
  static func label(at place: Int, seed: UInt32) -> Int {
    var random = IndexedRandom(seed: seed, place: -1 - place / 10)
    var digits = Array(0...9)
    for last in (1...9).reversed() { digits.swapAt(last, random.integer(below: last + 1)) }
    return digits[place % 10]
  }

  /// The pixels at a place, 28 × 28.
  private static func pixels(at place: Int, seed: UInt32) -> [UInt8] {
    var random = IndexedRandom(seed: seed, place: place)
    let hands = DigitHands.all[label(at: place, seed: seed)]
    var choice = random.uniform() * hands.reduce(0) { $0 + $1.share }
    let hand = hands.first { hand in
      choice -= hand.share
      return choice < 0
    }
    let writing = Handwriting(of: hand ?? hands[0], &random)
    return DigitNormalizer.centred(StrokePainter.paint(writing))
  }
}

/// Made-up data.
enum Samples {
  /// An IDX file.
  ///
  /// - Parameter type: 8 for bytes, 9 signed bytes, 11 and 12 integers of 2 and 4 bytes, 13 and 14 floats.
  static func idx(_ type: UInt8, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)] + shape.flatMap { bigEndian(UInt32($0)) } + bytes
  }

  static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  /// IDX files of `count` pictures of 28 x 28 and their labels 0 to 9: seven-segment digits that differ in place and
  /// ink, which a network can learn.
  static func digits(_ count: Int, seed: Int) -> (images: [UInt8], labels: [UInt8]) {
    var generator = Generator(state: UInt64(seed) &+ 1)
    var pixels = [UInt8](repeating: 0, count: count * 784)
    var labels: [UInt8] = []
    for example in 0..<count {
      let digit = Int.random(in: 0...9, using: &generator)
      let (down, right) = (Int.random(in: 2...6, using: &generator), Int.random(in: 4...10, using: &generator))
      let ink = UInt8.random(in: 160...255, using: &generator)
      labels.append(UInt8(digit))
      for (segment, box) in segments.enumerated() where lit[digit] >> segment & 1 == 1 {
        for row in box.rows {
          for column in box.columns {
            pixels[example * 784 + (row + down) * 28 + column + right] =
              ink - UInt8.random(in: 0...60, using: &generator)
          }
        }
      }
    }
    return (idx(8, [count, 28, 28], pixels), idx(8, [count], labels))
  }

  /// Top, the upper two, middle, the lower two, bottom.
  private static let segments: [(rows: Range<Int>, columns: Range<Int>)] = [
    (0..<3, 0..<12), (0..<10, 0..<3), (0..<10, 9..<12), (8..<11, 0..<12), (10..<19, 0..<3), (10..<19, 9..<12),
    (16..<19, 0..<12),
  ]

  /// The segments of each digit, a bit each.
  private static let lit: [UInt8] = [
    0b1110111, 0b0100100, 0b1011101, 0b1101101, 0b0101110, 0b1101011, 0b1111011, 0b0100101, 0b1111111, 0b1101111,
  ]

  /// SplitMix64: the same digits in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
      return mixed ^ mixed >> 31
    }
  }
}

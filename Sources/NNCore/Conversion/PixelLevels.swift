/// The floating-point numbers that pixels k of 0…255 become when they are divided by a denominator.
struct PixelLevels {
  private let denominator: Double
  /// k / `denominator` as it is rounded to the array's own precision.
  private let own: [Double]
  /// What other ways to the same number leave: by way of a smaller type, or by multiplying with 1 / `denominator`, which
  /// is rounded before.
  private let others: [[Double]]

  /// - Parameter precision: bits of the numbers' significand; nil for integers.
  init(denominator: Int, precision: Int?) {
    let divisor = Double(denominator)
    self.denominator = divisor
    let bits = precision ?? 53
    // bfloat16 is too coarse to tell 255ths from 256ths where it was not the array's own type.
    let smaller = [53, 24, 11].filter { $0 <= bits } + (bits == 8 ? [8] : [])
    own = (0..<256).map { Self.rounded(Double($0) / divisor, bits) }
    others = (0..<256).map { level in
      smaller.flatMap { bits in
        // Libraries reckon with 16-bit numbers in 32 bits.
        let working = max(bits, 24)
        let quotient = Self.rounded(Double(level) / divisor, working)
        let product = Self.rounded(Double(level) * Self.rounded(1 / divisor, working), working)
        return [quotient, product, Double(level) * Self.rounded(1 / divisor, bits)].map { Self.rounded($0, bits) }
      }
    }
  }

  /// The pixel that a number stands for; nil if it is none.
  subscript(value: Double) -> UInt8? {
    let level = (value * denominator).rounded()
    guard level >= 0, level <= 255 else { return nil }
    let place = Int(level)
    return own[place] == value || others[place].contains(value) ? UInt8(place) : nil
  }

  /// The nearest number with a significand of so many bits.
  private static func rounded(_ value: Double, _ bits: Int) -> Double {
    guard value != 0 else { return 0 }
    let step = Double(sign: .plus, exponent: value.exponent - (bits - 1), significand: 1)
    return (value / step).rounded(.toNearestOrEven) * step
  }
}

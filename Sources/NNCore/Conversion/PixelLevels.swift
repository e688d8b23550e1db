/// The floating-point numbers that result when pixels k of 0…255 are divided by a denominator.
struct PixelLevels {
  private let denominator: Double
  /// k / `denominator`, rounded to the array's precision.
  private let own: [Double]
  /// Results of other computations: through a type of lower precision, or by multiplying with the rounded 1 /
  /// `denominator`.
  private let others: [[Double]]

  /// - Parameter precision: bits of the significand; nil for integers.
  init(denominator: Int, precision: Int?) {
    let divisor = Double(denominator)
    self.denominator = divisor
    let bits = precision ?? 53
    // The precision of bfloat16 can't distinguish k/255 from k/256, so it counts only if it is the array's own type.
    let smaller = [53, 24, 11].filter { $0 <= bits } + (bits == 8 ? [8] : [])
    own = (0..<256).map { Self.rounded(Double($0) / divisor, bits) }
    others = (0..<256).map { level in
      smaller.flatMap { bits in
        // Libraries compute 16-bit floats in 32 bits.
        let working = max(bits, 24)
        let quotient = Self.rounded(Double(level) / divisor, working)
        let product = Self.rounded(Double(level) * Self.rounded(1 / divisor, working), working)
        return [quotient, product, Double(level) * Self.rounded(1 / divisor, bits)].map { Self.rounded($0, bits) }
      }
    }
  }

  /// The pixel that a number represents; nil if it represents none.
  subscript(value: Double) -> UInt8? {
    let level = (value * denominator).rounded()
    guard level >= 0, level <= 255 else { return nil }
    let place = Int(level)
    return own[place] == value || others[place].contains(value) ? UInt8(place) : nil
  }

  /// The value rounded to a significand of `bits` bits.
  private static func rounded(_ value: Double, _ bits: Int) -> Double {
    guard value != 0 else { return 0 }
    let step = Double(sign: .plus, exponent: value.exponent - (bits - 1), significand: 1)
    return (value / step).rounded(.toNearestOrEven) * step
  }
}

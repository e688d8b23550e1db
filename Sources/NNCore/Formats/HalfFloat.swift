// The 16-bit floating-point numbers, by their bits: Swift's Float16 is not on every processor.

extension Float {
  /// The number of IEEE 754's binary16 with these bits: 5 of exponent, 10 of fraction.
  init(halfBits bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      // Zero and subnormal numbers: multiples of 2⁻²⁴.
      let magnitude = Float(fraction) * 0x1p-24
      self.init(bitPattern: sign | magnitude.bitPattern)
    case 0x1f: self.init(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The number of bfloat16 with these bits, which are the upper half of a Float's.
  init(brainBits bits: UInt16) {
    self.init(bitPattern: UInt32(bits) << 16)
  }
}

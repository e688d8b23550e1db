// Conversion of 16-bit floating-point numbers from their bits, because not every processor has Swift's Float16.

extension Float {
  /// The value of an IEEE 754 binary16 number with these bits: 5 of exponent, 10 of fraction.
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

  /// The value of a bfloat16 number with these bits, which are the upper half of a Float's.
  init(brainBits bits: UInt16) {
    self.init(bitPattern: UInt32(bits) << 16)
  }
}

/// An sRGB colour.
package struct Color: Sendable, Equatable, CustomStringConvertible {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// `0xRRGGBB`.
  package init(_ hexadecimal: UInt32) {
    self.init(
      red: UInt8(hexadecimal >> 16 & 255), green: UInt8(hexadecimal >> 8 & 255), blue: UInt8(hexadecimal & 255))
  }

  /// `#rrggbb`.
  package var description: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// This colour with another blended over it with an opacity of `share`, 0…1.
  package func mixed(with other: Color, share: Float) -> Color {
    func mix(_ own: UInt8, _ theirs: UInt8) -> UInt8 {
      UInt8((Float(own) + (Float(theirs) - Float(own)) * min(max(share, 0), 1)).rounded())
    }
    return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// Relative luminance, 0…1, as WCAG 2 defines it.
  package var luminance: Double {
    func linear(_ sample: UInt8) -> Double {
      let value = Double(sample) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast ratio of two colours, 1…21, as WCAG 2 defines it. Text is legible from 4.5 on.
  package func contrast(with other: Color) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// Black or white, whichever has more contrast with this colour.
  package var legibleInk: Color {
    let (dark, light) = (Color(0x000000), Color(0xffffff))
    return contrast(with: dark) >= contrast(with: light) ? dark : light
  }
}

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

/// Colours for the numbers of a range.
package struct ColorScale: Sendable {
  private let stops: [Color]

  package init(_ stops: [UInt32]) {
    self.stops = stops.map(Color.init)
  }

  /// The colour at `place`, 0…1, between the stops.
  package subscript(place: Double) -> Color {
    guard place.isFinite else { return Color(0x9aa0a8) }
    let at = min(max(place, 0), 1) * Double(stops.count - 1)
    let lower = min(Int(at), stops.count - 2)
    return stops[lower].mixed(with: stops[lower + 1], share: Float(at - Double(lower)))
  }

  /// White to dark blue, for what is right.
  package static let right = ColorScale([0xffffff, 0xdbe8f6, 0xa9cbe8, 0x6aa5d6, 0x3179b8, 0x124c86])
  /// White to dark red, for what is wrong.
  package static let wrong = ColorScale([0xffffff, 0xfde0d0, 0xfbb795, 0xf28058, 0xd44733, 0x96161f])
  /// Blue by white to red: below, at and above 0.
  package static let diverging = ColorScale([
    0x0d3f7d, 0x2f74b5, 0x74aed6, 0xc3dcec, 0xffffff, 0xfbd0bb, 0xf1936c, 0xcf4638, 0x8c1023,
  ])
}

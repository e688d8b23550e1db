/// The colours of a figure by their roles.
package struct Palette: Sendable {
  private let colors: [Paint: Color]

  package subscript(paint: Paint) -> Color { colors[paint]! }

  package static let light = Palette(colors: [
    .surface: Color(0xffffff), .ink: Color(0x1b1e23), .muted: Color(0x5c6470), .grid: Color(0xe2e5ea),
    .first: Color(0x1f6fc4), .second: Color(0xd9541e), .pale: Color(0xbcd6f0),
    .third: Color(0x2a8a3e), .fourth: Color(0x8a4fbf), .fifth: Color(0xa87908), .sixth: Color(0xc2327e),
    .seventh: Color(0x0e8a92), .eighth: Color(0x6b4a32),
  ])
  package static let dark = Palette(colors: [
    .surface: Color(0x16181d), .ink: Color(0xe9ebee), .muted: Color(0xa0a8b4), .grid: Color(0x30353d),
    .first: Color(0x6cb0f5), .second: Color(0xff9763), .pale: Color(0x2d4d70),
    .third: Color(0x6fcf82), .fourth: Color(0xc39bf0), .fifth: Color(0xe3c04a), .sixth: Color(0xf58fc0),
    .seventh: Color(0x5fd0d6), .eighth: Color(0xc2a58c),
  ])
}

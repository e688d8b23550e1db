/// The colours of a figure by their roles.
package struct Palette: Sendable {
  private let colors: [Paint: Color]

  package subscript(paint: Paint) -> Color { colors[paint]! }

  package static let light = Palette(colors: [
    .surface: Color(0xffffff), .ink: Color(0x1b1e23), .muted: Color(0x5c6470), .grid: Color(0xe2e5ea),
    .first: Color(0x1f6fc4), .second: Color(0xd9541e), .pale: Color(0xbcd6f0),
  ])
  package static let dark = Palette(colors: [
    .surface: Color(0x16181d), .ink: Color(0xe9ebee), .muted: Color(0xa0a8b4), .grid: Color(0x30353d),
    .first: Color(0x6cb0f5), .second: Color(0xff9763), .pale: Color(0x2d4d70),
  ])
}

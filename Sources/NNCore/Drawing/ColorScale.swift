/// A colour map: colours for numbers of 0…1.
package struct ColorScale: Sendable {
  private let stops: [Color]

  package init(_ stops: [UInt32]) {
    self.stops = stops.map(Color.init)
  }

  /// The colour at `place`, 0…1, interpolated between the stops; grey if `place` is not finite.
  package subscript(place: Double) -> Color {
    guard place.isFinite else { return Color(0x9aa0a8) }
    let at = min(max(place, 0), 1) * Double(stops.count - 1)
    let lower = min(Int(at), stops.count - 2)
    return stops[lower].mixed(with: stops[lower + 1], share: Float(at - Double(lower)))
  }

  /// White to dark blue, for shares of right answers.
  package static let right = ColorScale([0xffffff, 0xdbe8f6, 0xa9cbe8, 0x6aa5d6, 0x3179b8, 0x124c86])
  /// White to dark red, for shares of wrong answers.
  package static let wrong = ColorScale([0xffffff, 0xfde0d0, 0xfbb795, 0xf28058, 0xd44733, 0x96161f])
  /// Blue for negative numbers over white at 0.5 to red for positive numbers.
  package static let diverging = ColorScale([
    0x0d3f7d, 0x2f74b5, 0x74aed6, 0xc3dcec, 0xffffff, 0xfbd0bb, 0xf1936c, 0xcf4638, 0x8c1023,
  ])
}

/// The roles of colours in a figure, for which a palette has the colours.
package enum Paint: String, CaseIterable, Sendable {
  case surface, ink, muted, grid, first, second, pale
  case third, fourth, fifth, sixth, seventh, eighth

  /// The colours of curves that are compared, in the order in which they are taken.
  package static let series: [Paint] = [.first, .second, .third, .fourth, .fifth, .sixth, .seventh, .eighth]
  /// The colours that every figure may use.
  static let basic: [Paint] = [.surface, .ink, .muted, .grid, .first, .second, .pale]
}

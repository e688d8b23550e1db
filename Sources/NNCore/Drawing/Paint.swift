/// The roles of colours in a figure, for which a palette has the colours.
package enum Paint: String, CaseIterable, Sendable {
  case surface, ink, muted, grid, first, second, pale
}

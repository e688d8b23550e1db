/// The parts that colours play.
package enum Paint: String, CaseIterable, Sendable {
  case surface, ink, muted, grid, first, second, pale
}

/// Chooses the connected components that make up the digit.
enum DigitPieces {
  /// The ink of the main component and of the components that belong to it; specks and cut-off neighbours are removed.
  ///
  /// - Throws: `NoDigit` if there is no ink or no dominant component.
  static func chosen(from ink: GreyPicture) throws -> GreyPicture {
    let all = ConnectedComponents(ink)
    guard let main = all.components.max(by: { weight($0, ink) < weight($1, ink) }) else {
      throw DigitNormalizer.NoDigit.blank
    }
    let total = all.components.reduce(0) { $0 + $1.ink }
    guard main.ink > total / 10 else {
      throw DigitNormalizer.NoDigit(description: "no digit found: nothing but \(all.components.count) specks")
    }
    var kept = GreyPicture(width: ink.width, height: ink.height, values: Array(repeating: 0, count: ink.values.count))
    for component in all.components where belongs(component, to: main, ink) {
      for run in all.runs[component.runs] {
        let places = Int(run.row) * ink.width + Int(run.start)..<Int(run.row) * ink.width + Int(run.end)
        kept.values.replaceSubrange(places, with: ink.values[places])
      }
    }
    return kept
  }

  /// A component's weight as the main component: its ink, halved if it touches the border, where neighbours are cut
  /// off.
  private static func weight(_ component: ConnectedComponents.Component, _ ink: GreyPicture) -> Float {
    touchesBorder(component, ink) ? component.ink / 2 : component.ink
  }

  private static func touchesBorder(_ component: ConnectedComponents.Component, _ ink: GreyPicture) -> Bool {
    let box = component.bounds
    return box.x == 0 || box.y == 0 || box.columns.upperBound == ink.width || box.rows.upperBound == ink.height
  }

  /// Whether a component is part of the digit whose main component is `main`.
  private static func belongs(
    _ component: ConnectedComponents.Component, to main: ConnectedComponents.Component, _ ink: GreyPicture
  )
    -> Bool
  {
    let (box, digit) = (component.bounds, main.bounds)
    if box == digit { return true }
    guard component.ink >= main.ink / 40 else { return false }
    // Detached bars and hooks are above, below or close beside the main component.
    let reach = max(digit.width, digit.height)
    guard box.gapAcross(to: digit) < reach / 3, box.gapDown(to: digit) < reach / 2 else { return false }
    guard touchesBorder(component, ink), !touchesBorder(main, ink) || component.ink < main.ink / 4 else { return true }
    // A component beside the digit that the border cuts off is part of a neighbouring digit.
    return -box.gapAcross(to: digit) * 2 > box.width
  }
}

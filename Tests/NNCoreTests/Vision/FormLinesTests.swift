import NNCore
import Testing

@Suite struct FormLinesTests {
  private func blank() -> GreyPicture {
    GreyPicture(width: 200, height: 80, values: Array(repeating: 0, count: 16_000))
  }

  private func fill(_ picture: inout GreyPicture, _ columns: Range<Int>, _ rows: Range<Int>) {
    for y in rows { for x in columns { picture.values[y * picture.width + x] = 1 } }
  }

  /// Strokes 4 wide and 30 high, some of which cross the rule.
  private func strokes() -> GreyPicture {
    var picture = blank()
    for x in [40, 70, 100] { fill(&picture, x..<x + 4, 20..<50) }
    fill(&picture, 70..<88, 20..<24)
    return picture
  }

  @Test func rulesGoAndWhatCrossesThemStays() {
    var ruled = strokes()
    fill(&ruled, 5..<190, 40..<42)
    let rest = FormLines.removed(from: ruled, height: 30, threshold: 0.25)
    #expect(rest == strokes())
  }

  @Test func slopingRule() {
    var ruled = strokes()
    for x in 5..<190 { fill(&ruled, x..<x + 1, 55 + x / 20..<57 + x / 20) }
    #expect(FormLines.removed(from: ruled, height: 30, threshold: 0.25) == strokes())
  }

  /// The sides of a box no higher than digits go with its top and bottom.
  @Test func boxes() {
    var boxed = strokes()
    for row in [12, 58] { fill(&boxed, 20..<140, row..<row + 2) }
    for column in [20, 60, 138] { fill(&boxed, column..<column + 2, 12..<60) }
    #expect(FormLines.removed(from: boxed, height: 30, threshold: 0.25) == strokes())
  }

  @Test func strokesAreNoRules() {
    #expect(FormLines.removed(from: strokes(), height: 30, threshold: 0.25) == strokes())
  }
}

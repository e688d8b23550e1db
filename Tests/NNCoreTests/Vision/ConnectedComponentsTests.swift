import NNCore
import Testing

@Suite struct ConnectedComponentsTests {
  private func picture(_ rows: String...) -> GreyPicture {
    GreyPicture(
      width: rows[0].count, height: rows.count, values: rows.joined().map { $0 == "." ? 0 : Float(String($0))! / 9 })
  }

  @Test func cornersJoinAndOrderIsReadingOrder() {
    let found = ConnectedComponents(
      picture(
        "9..9",
        ".9..",
        "...9"))
    #expect(found.components.map(\.area) == [2, 1, 1])
    #expect(found.components[0].bounds == PixelBox(columns: 0..<2, rows: 0..<2))
    #expect(found.components[1].bounds == PixelBox(columns: 3..<4, rows: 0..<1))
    #expect(found.components.map(\.ink) == [2, 1, 1])
  }

  /// Arms that meet below only are one piece, and its runs stand row after row.
  @Test func armsThatMeetLate() {
    let found = ConnectedComponents(
      picture(
        "9.9.9",
        "9.9.9",
        "99999"))
    #expect(found.components.count == 1)
    #expect(found.components[0].area == 11)
    #expect(
      found.runs[found.components[0].runs].map { "\($0.row) \($0.start)..\($0.end)" } == [
        "0 0..1", "0 2..3", "0 4..5", "1 0..1", "1 2..3", "1 4..5", "2 0..5",
      ])
  }

  @Test func paleInkIsBelowTheThreshold() {
    let ink = picture("9929", "....")
    #expect(ConnectedComponents(ink).components.count == 1)
    #expect(ConnectedComponents(ink, above: 0.25).components.map(\.area) == [2, 1])
    #expect(ConnectedComponents(picture("....", "....")).components.isEmpty)
  }

  /// What a flood fill finds, on noise.
  @Test func asByFloodFill() {
    var random = RandomState(seed: 4)
    for density in [0.2, 0.4, 0.6] {
      let ink = GreyPicture(width: 61, height: 43, values: random.rand(61 * 43).map { $0 < density ? 1 : 0 })
      let found = ConnectedComponents(ink)
      var numbers = Array(repeating: -1, count: ink.values.count)
      var areas: [Int] = []
      for start in ink.values.indices where ink.values[start] > 0 && numbers[start] < 0 {
        var pending = [start]
        numbers[start] = areas.count
        areas.append(0)
        while let place = pending.popLast() {
          areas[areas.count - 1] += 1
          let (x, y) = (place % ink.width, place / ink.width)
          for ny in max(0, y - 1)...min(ink.height - 1, y + 1) {
            for nx in max(0, x - 1)...min(ink.width - 1, x + 1) {
              let next = ny * ink.width + nx
              guard ink.values[next] > 0, numbers[next] < 0 else { continue }
              numbers[next] = areas.count - 1
              pending.append(next)
            }
          }
        }
      }
      #expect(found.components.map(\.area) == areas)
      for (number, piece) in found.components.enumerated() {
        for run in found.runs[piece.runs] {
          #expect(run.columns.allSatisfy { numbers[Int(run.row) * ink.width + $0] == number })
        }
      }
    }
  }
}

import NNCore
import Testing

@Suite struct SeamCutsTests {
  /// Two discs that touch; `lean` moves what is above the middle to the right and what is below to the left.
  private func discs(lean: Double = 0) -> GreyPicture {
    GreyPicture(
      width: 64, height: 30,
      values: (0..<64 * 30).map { place in
        let y = Double(place / 64) - 14.5
        let x = Double(place % 64) + lean * y
        return [(18.0, 14.0), (45.0, 14.0)].contains { ($0.0 - x) * ($0.0 - x) + y * y < $0.1 * $0.1 } ? 1 : 0
      })
  }

  /// The best cut that isn't beside the discs.
  private func between(_ picture: GreyPicture) -> SeamCuts.Cut? {
    SeamCuts(picture, spacing: 4, maximumInk: 12).cuts.filter { 10..<54 ~= $0.columns[15] }.min { $0.ink < $1.ink }
  }

  @Test func cutsWhereLittleInkIsInTheWay() throws {
    let best = try #require(between(discs()))
    #expect(best.ink < 12)
    #expect(best.columns.count == 30 && best.columns.allSatisfy { abs($0 - 31) <= 12 })
    #expect(abs(best.columns[15] - 31) <= 2)
  }

  @Test func goesDownAslant() throws {
    let picture = discs(lean: 0.5)
    let best = try #require(between(picture))
    #expect(zip(best.columns, best.columns.dropFirst()).allSatisfy { abs($0 - $1) <= 1 })
    // Most of each disc is on its side.
    for (centre, isLeft) in [(18.0, true), (45.0, false)] {
      var (right, all) = (0, 0)
      for y in 0..<30 {
        for x in 0..<64 where picture[x, y] > 0 {
          let (across, down) = (Double(x) + 0.5 * (Double(y) - 14.5) - centre, Double(y) - 14.5)
          guard across * across + down * down < 196 else { continue }
          all += 1
          if (x < best.columns[y]) == isLeft { right += 1 }
        }
      }
      #expect(Double(right) > 0.97 * Double(all))
    }
  }

  @Test func neitherSolidNorNarrowInkIsCut() {
    let solid = GreyPicture(width: 40, height: 30, values: Array(repeating: 1, count: 1200))
    #expect(SeamCuts(solid, spacing: 4, maximumInk: 12).cuts.isEmpty)
    let narrow = GreyPicture(width: 8, height: 30, values: Array(repeating: 0.1, count: 240))
    #expect(SeamCuts(narrow, spacing: 4, maximumInk: 12).cuts.isEmpty)
    let flat = GreyPicture(width: 40, height: 1, values: Array(repeating: 0.1, count: 40))
    #expect(SeamCuts(flat, spacing: 4, maximumInk: 12).cuts.allSatisfy { $0.columns.count == 1 })
  }
}

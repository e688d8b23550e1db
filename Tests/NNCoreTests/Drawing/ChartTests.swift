import NNCore
import Testing

@Suite struct ChartTests {
  /// As one drawing, the panels stand side by side under the legend, as far apart as they are wide, with equal margins.
  @Test func panelsSideBySide() throws {
    var calibration = Calibration()
    for number in 0..<10 { calibration.add(probability: 0.9, isCorrect: number < 8) }
    let chart = ReliabilityDiagram.chart(calibration)
    let figure = chart.figure
    #expect(chart.panels.count == 2 && chart.panels.allSatisfy { $0.width == 458 && $0.height == 320 })
    #expect((figure.width, figure.height) == (920, 360))
    #expect(figure.title == chart.title && figure.summary == chart.summary)
    let marks = chart.legend.count * 2 + chart.panels[0].marks.count + chart.panels[1].marks.count
    #expect(figure.marks.count == marks)
    func titlePlace(_ figure: Figure, _ title: String) throws -> CanvasPoint {
      try #require(
        figure.marks.compactMap { if case .text(title, let place, _, _, _, _) = $0 { place } else { nil } }.first)
    }
    for (title, shift) in [("Answers that are right", 0.0), ("Share of the answers", 462)] {
      let panel = try #require(chart.panels.first { $0.title == title })
      let (inPanel, inFigure) = (try titlePlace(panel, title), try titlePlace(figure, title))
      #expect(inFigure.x == inPanel.x + shift && inFigure.y == inPanel.y + 40)
    }
    // Bars, lines and dots move with it.
    func places(_ figure: Figure) -> [CanvasPoint] {
      figure.marks.flatMap { mark -> [CanvasPoint] in
        switch mark {
        case .line(let points, _, _): points
        case .area(let x, let y, _, _, _): [CanvasPoint(x: x, y: y)]
        case .dot(let centre, _, _): [centre]
        case .text(_, let place, _, _, _, _): [place]
        }
      }
    }
    let moved = places(figure).suffix(places(chart.panels[1]).count)
    #expect(zip(moved, places(chart.panels[1])).allSatisfy { $0.x == $1.x + 462 && $0.y == $1.y + 40 })
    #expect(figure.texts.prefix(2) == ["the network", "right as often as it says"])
  }
}

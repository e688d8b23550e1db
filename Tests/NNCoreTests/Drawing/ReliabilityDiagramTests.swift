import NNCore
import Testing

@Suite struct ReliabilityDiagramTests {
  @Test func reliability() {
    var calibration = Calibration()
    for _ in 0..<30 { calibration.add(probability: 0.5, isCorrect: true) }
    for number in 0..<10 { calibration.add(probability: 1, isCorrect: number < 5) }
    let chart = ReliabilityDiagram.chart(calibration)
    let curve = chart.panels[0].lines(.first)[0]
    #expect(curve.count == 2)
    // (50 %, 100 %) and (100 %, 50 %), in a box of 370 x 226.
    #expect(abs(curve[1].x - curve[0].x - 185) < 1e-4 && abs(curve[1].y - curve[0].y - 113) < 1e-4)
    let shares = chart.panels[1].marks.compactMap {
      if case .area(_, _, _, let height, .first) = $0 { height } else { nil }
    }
    #expect(shares.count == 2 && abs(shares[0] - 0.75 * 226) < 1e-9)
    #expect(chart.summary == chart.panels.map(\.summary).joined(separator: " "))
    #expect(chart.panels[0].summary.contains("error is 50.00 %"))
    #expect(chart.panels[1].summary.contains("Of 40 answers, 10 are in the highest range"))
    #expect(chart.legend.map(\.name) == ["the network", "right as often as it says"])
    #expect(ReliabilityDiagram.chart(Calibration()).panels[0].lines(.first) == [])
  }
}

import NNCore
import Testing

@Suite struct TrainingComparisonTests {
  /// Lines of a log, a step a pair of losses.
  private func lines(_ losses: [(Double, Double?)], every: Int = 10) throws -> [TrainingLog.Line] {
    let texts = losses.enumerated().map { number, loss in
      let validation = loss.1.map { "\($0)\t0.5" } ?? "\t"
      return "\((number + 1) * every)\t1\t\(loss.0)\t0.25\t\(validation)\t0.1\t0.5\n"
    }
    return try TrainingLog(reading: temporaryFile(Array("\(TrainingLog.header)\n\(texts.joined())".utf8))).lines
  }

  private func lines(of figure: Figure, _ paint: Paint, width: Double) -> [[CanvasPoint]] {
    figure.marks.compactMap { mark in
      if case .line(let points, paint, width) = mark { points } else { nil }
    }
  }

  /// A colour a log, in the order in which they are named, thin for training and thick for validation, on common axes.
  @Test func aColourALog() throws {
    let logs = [
      (name: "a.tsv", lines: try lines([(1, 0.8), (0.5, 0.6)])),
      (name: "b.tsv", lines: try lines([(0.8, 0.8), (0.6, 0.7), (0.4, 0.6), (0.2, 0.5)])),
    ]
    let chart = TrainingComparison.chart(logs)
    #expect(chart.title == "Training curves" && chart.panels.map(\.title) == ["Loss", "Accuracy"])
    #expect(chart.legend.map(\.name) == ["a.tsv", "b.tsv", "training", "validation"])
    #expect(chart.legend.map(\.paint) == [.first, .second, .muted, .muted])
    #expect(chart.legend[2].width < chart.legend[3].width)
    for panel in chart.panels {
      for (paint, count) in [(Paint.first, 2), (.second, 4)] {
        #expect(lines(of: panel, paint, width: 1).map(\.count) == [count])
        #expect(lines(of: panel, paint, width: 2).map(\.count) == [count])
      }
    }
    // Twice the steps are twice as far, and the second loss of one is between the losses of the other.
    let loss = chart.panels[0]
    let (first, second) = (lines(of: loss, .first, width: 1)[0], lines(of: loss, .second, width: 1)[0])
    #expect(first[0].x == second[0].x && first[1].x == second[1].x)
    #expect(first[1].y > second[1].y && first[1].y < second[2].y)
    #expect(loss.summary.contains("a.tsv: Training loss goes from 1.0000 to 0.5000 between steps 10 and 20."))
    #expect(loss.summary.contains("On validation data the last is 0.5000."))
    #expect(chart.panels[1].summary.contains("b.tsv: Training accuracy goes from 25.00 % to 25.00 %"))
  }

  @Test func withoutValidation() throws {
    let logs = [(name: "a", lines: try lines([(1, nil), (0.5, nil)])), (name: "b", lines: [])]
    let chart = TrainingComparison.chart(logs)
    #expect(chart.legend.map(\.name) == ["a", "b (no lines yet)"])
    #expect(chart.panels[0].lines(.first).map(\.count) == [2])
    let empty = TrainingComparison.chart([(name: "a", lines: []), (name: "b", lines: [])])
    #expect(empty.panels.count == 1 && empty.panels[0].texts == ["The logs have no lines yet."])
  }

  /// Batches' values of several trainings would hide each other.
  @Test func manyPointsAreSmoothed() throws {
    let many = try lines((0..<900).map { ($0 % 2 == 0 ? 0.9 : 1.1, nil) }, every: 1)
    let chart = TrainingComparison.chart([(name: "a", lines: many), (name: "b", lines: try lines([(1, nil)]))])
    #expect(chart.legend.map(\.name) == ["a", "b", "training, smoothed"])
    let curve = try #require(chart.panels[0].lines(.first).first)
    #expect(curve.count == 300)
    let heights = curve.dropFirst(10).dropLast(10).map(\.y)
    #expect(heights.max()! - heights.min()! < 10)
  }

  @Test func coloursDiffer() {
    #expect(TrainingComparison.maximumCount == Paint.series.count)
    for palette in [Palette.light, .dark] {
      #expect(Set(Paint.series.map { palette[$0].description }).count == Paint.series.count)
    }
  }
}

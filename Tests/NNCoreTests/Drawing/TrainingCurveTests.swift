import NNCore
import Testing

@Suite struct TrainingCurveTests {
  private func line(_ step: Int, _ loss: Double, _ accuracy: Double, validation: Double? = nil) throws
    -> TrainingLog.Line
  {
    let measured = validation.map { "\($0)" } ?? ""
    let text = "\(step)\t1\t\(loss)\t\(accuracy)\t\(measured)\t\(measured)\t0.1\t0.5"
    return try #require(TrainingLog(reading: temporaryFile(Array("\(TrainingLog.header)\n\(text)\n".utf8))).lines.first)
  }

  @Test func trainingCurve() throws {
    let figure = TrainingCurve.figure([
      try line(100, 0.5, 0.8, validation: 0.4), try line(200, 0.3, 0.9, validation: 0.35), try line(400, 0.1, 0.95),
    ])
    let training = figure.lines(.first)
    #expect(
      training.count == 2 && training.allSatisfy { $0.count == 3 } && figure.lines(.second).map(\.count) == [2, 2])
    // To the right in the proportion of steps, the loss down, the accuracy up.
    let (loss, accuracy) = (training[0], training[1])
    #expect(abs((loss[2].x - loss[0].x) / (loss[1].x - loss[0].x) - 3) < 1e-9)
    #expect(
      loss[0].y < loss[1].y && loss[1].y < loss[2].y && accuracy[0].y > accuracy[1].y && accuracy[1].y > accuracy[2].y)
    #expect(abs((loss[2].y - loss[0].y) / (loss[1].y - loss[0].y) - 2) < 1e-9)
    #expect(figure.texts.contains("validation") && figure.texts.contains("Loss"))
    #expect(figure.summary.contains("from 0.5000 to 0.1000") && figure.summary.contains("95.00 %"))
  }

  /// What is no number leaves a gap, and a value alone is a dot.
  @Test func gaps() throws {
    let losses = [1, 0.9, .nan, 0.7, .infinity, 0.5, 0.4]
    let figure = TrainingCurve.figure(try losses.enumerated().map { try line($0.offset, $0.element, 0.5) })
    #expect(figure.lines(.first).prefix(3).map(\.count) == [2, 1, 2])
    let points = figure.lines(.first).flatMap { $0 }
    #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    let empty = TrainingCurve.figure([])
    #expect(empty.texts.contains("The log has no lines yet.") && empty.summary == "There are no lines in the log.")
    #expect(TrainingCurve.figure([try line(5, 0.5, 1)]).texts.contains("100 %"))
  }

  /// Of many points so many are drawn as can be seen, the extremes among them, and their mean.
  @Test func manyPoints() throws {
    var steps = try (0..<5000).map { try line($0, $0 % 2 == 0 ? 0.9 : 1.1, 0.5) }
    steps[3333] = try line(3333, 9, 0.5)
    let figure = TrainingCurve.figure(steps)
    let cloud = figure.marks.compactMap { if case .line(let points, .pale, width: 1) = $0 { points } else { nil } }
    #expect(cloud[0].count <= 600 && cloud[0].map(\.x) == cloud[0].map(\.x).sorted())
    let mean = figure.lines(.first)[0]
    #expect(mean.count == 300)
    // The loss of 9 stands out in the cloud alone.
    let (high, low) = (cloud[0].map(\.y).min()!, cloud[0].map(\.y).max()!)
    #expect(mean.map(\.y).min()! - high > 0.8 * (low - high))
    #expect(figure.texts.contains("training, smoothed"))
  }
}

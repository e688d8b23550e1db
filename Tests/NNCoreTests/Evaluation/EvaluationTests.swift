import NNCore
import Testing

@Suite struct EvaluationTests {
  /// scikit-learn's figures, see make-measures.py: a class that is never given, and one that never is true.
  @Test func measuresAreScikitLearns() throws {
    let wanted = try Fixtures.figures("measures")
    // The identity, so that the features are the logits.
    let identity = (0..<25).map { Float($0 % 6 == 0 ? 1 : 0) }
    var network = Network(
      layers: [
        Layer(
          inputCount: 5, outputCount: 5, activation: .softmax, weights: identity, biases: Array(repeating: 0, count: 5))
      ])
    network.classes = ["a", "b", "c", "d", "e"]
    let logits = wanted["logits"].items.flatMap { $0.doubles.map { Float($0).bitPattern } }
    let data = Dataset(
      count: 60, inputs: .features(Bytes(littleEndian: logits), width: 5),
      labels: wanted["labels"].ints.map { UInt16($0) })

    let evaluation = Evaluation(Ensemble(network), on: data, pool: WorkerPool(count: 3))
    #expect(evaluation.classes == ["a", "b", "c", "d", "e"])
    #expect(evaluation.score.count == 60)
    expectClose([evaluation.score.accuracy], [wanted["accuracy"].double], within: 1e-15)
    expectClose([evaluation.score.loss], [wanted["loss"].double], within: 1e-6)
    expectClose([evaluation.calibration.error], [wanted["calibration_error"].double], within: 1e-6)
    for (bin, goal) in zip(evaluation.calibration.bins, wanted["calibration"].items.map(\.doubles)) {
      #expect([bin.count, bin.correct] == goal.prefix(2).map { Int($0) })
      if bin.count > 0 { expectClose([bin.confidence], [goal[2] / goal[0]], within: 1e-6) }
    }
    #expect(evaluation.confusion == wanted["confusion"].items.map(\.ints))
    let measures = (0..<5).map(evaluation.measures(of:))
    expectClose(measures.map(\.precision), wanted["precision"].doubles, within: 1e-15)
    expectClose(measures.map(\.recall), wanted["recall"].doubles, within: 1e-15)
    expectClose(measures.map(\.f1), wanted["f1"].doubles, within: 1e-15)

    let errors = wanted["errors"].items.map(\.doubles)
    #expect(
      evaluation.errors.map { [$0.index, $0.label, $0.prediction] } == errors.map { $0.prefix(3).map { Int($0) } })
    expectClose(evaluation.errors.map { Double($0.probability) }, errors.map { $0[3] }, within: 1e-6)
  }

  /// More examples than are answered at once.
  @Test func manyExamples() throws {
    var random = RandomState(seed: 2)
    let pixels = (0..<20_000).map { _ in UInt8(random.integer(through: 255)) }
    let data = Dataset(
      count: 20_000, inputs: .pixels(Bytes(pixels), rows: 1, columns: 1), labels: pixels.map { $0 < 128 ? 0 : 1 })
    // Logits 0 and x − 127.5 in pixels: right but for none.
    let layer = Layer(inputCount: 1, outputCount: 2, activation: .softmax, weights: [0, 255], biases: [0, -127.5])
    let evaluation = Evaluation(Ensemble(Network(layers: [layer])), on: data, pool: WorkerPool(count: 2))
    #expect(evaluation.score.count == 20_000 && evaluation.score.accuracy == 1 && evaluation.errors.isEmpty)
    let ones = pixels.count { $0 >= 128 }
    #expect(evaluation.confusion == [[20_000 - ones, 0], [0, ones]])
  }

  @Test func scores() {
    var score = Score(count: 3, correct: 2, lossSum: 1.5)
    score += Score(count: 1, correct: 0, lossSum: 0.5)
    #expect(score == Score(count: 4, correct: 2, lossSum: 2) && score.loss == 0.5 && score.accuracy == 0.5)
    #expect(Score().loss.isNaN && Score().accuracy.isNaN)
  }
}

import NNCore
import Testing

@Suite struct EnsembleTests {
  private static func network(seed: UInt32) -> Network {
    Network(
      dimensions: [784, 12, 10], hidden: .relu, initialization: Initialization(.he, seed: seed))
  }

  private static func digits() -> Dataset {
    var random = RandomState(seed: 5)
    let pixels = (0..<90 * 784).map { _ in UInt8(random.integer(through: 3) == 0 ? random.integer(through: 255) : 0) }
    return Dataset(
      count: 90, inputs: .pixels(Bytes(pixels), rows: 28, columns: 28), labels: (0..<90).map { UInt16($0 % 10) })
  }

  @Test func probabilitiesAreTheMean() throws {
    let data = Self.digits()
    let networks = (1...3).map { Self.network(seed: $0) }
    let alone = networks.map { Predictor($0, pool: WorkerPool(count: 1)).answers(data, at: 0..<90) }
    let ensemble = try Ensemble(networks.map { ($0, "model") })
    for threads in [1, 3] {
      let together = Predictor(ensemble, pool: WorkerPool(count: threads)).answers(data, at: 0..<90)
      for index in 0..<90 {
        let mean = (0..<10).map { output in
          alone.reduce(0.0) { $0 + Double(Array($1.probabilities(index))[output]) } / 3
        }
        expectClose(together.probabilities(index).map(Double.init), mean, within: 1e-6)
        #expect(together.best[index] == mean.firstIndex(of: mean.max()!))
        expectClose([together.losses[index]], [-log(mean[index % 10])], within: 1e-5)
      }
    }
    let evaluation = Evaluation(ensemble, on: data, pool: WorkerPool(count: 2))
    #expect(evaluation.score.count == 90 && evaluation.errors.count == 90 - evaluation.score.correct)
  }

  /// Where the probabilities are 0 as Floats, the loss is what it should be.
  @Test func lossOfWhatIsNearlyImpossible() throws {
    let networks = [Float(200), 300].map { bias in
      Network(layers: [Layer(inputCount: 1, outputCount: 2, activation: .softmax, weights: [0, 0], biases: [bias, 0])])
    }
    let data = Dataset(count: 1, inputs: .pixels(Bytes([0]), rows: 1, columns: 1), labels: [1])
    let answers = Predictor(try Ensemble(networks.map { ($0, "") }), pool: WorkerPool(count: 1)).answers(
      data, at: 0..<1)
    // −log((e⁻²⁰⁰ + e⁻³⁰⁰) / 2).
    expectClose(answers.losses, [200 + log(2.0)], within: 1e-6)
  }

  @Test func whatDoesNotFitTogether() {
    func expectRefused(
      _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Network) -> Void
    ) {
      var other = Self.network(seed: 2)
      change(&other)
      expectFault(text, sourceLocation: sourceLocation) {
        try Ensemble([(Self.network(seed: 1), "one"), (other, "two")])
      }
    }
    expectRefused("takes 6 inputs, and one takes 784 inputs: they can't be averaged") {
      $0 = Network(dimensions: [6, 10], hidden: .relu, initialization: Initialization(.he, seed: 1))
    }
    expectRefused("takes pictures of 14 x 56") { ($0.rows, $0.columns) = (14, 56) }
    expectRefused("multiplies pixels by 1/256, and one multiplies pixels by 1/255") {
      $0.scale = Scale(numerator: 1, denominator: 256)
    }
    expectRefused("knows the classes 9 8 7 6 5 4 3 2 1 0, and") { $0.classes.reverse() }
  }
}

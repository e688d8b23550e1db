import NNCore
import Testing

@Suite struct TemperatureScalingTests {
  /// See make-calibration.py.
  @Test func temperatureIsSciPys() throws {
    for wanted in try Fixtures.figures("calibration").items {
      let scaling = TemperatureScaling(
        logits: wanted["logits"].doubles.map { Float($0) }, labels: wanted["labels"].ints)
      expectClose([scaling.temperature], [wanted["temperature"].double], within: 6e-5)
      expectClose([scaling.loss], [wanted["loss"].double], within: 1e-8)
      expectClose([scaling.lossBefore], [wanted["before"].double], within: 1e-8)
      #expect(scaling.loss < scaling.lossBefore)
    }
  }

  /// No temperature on a fine grid gives a lesser loss, as an evaluation tells it; and the fitted one is divided by.
  @Test func noOtherIsBetter() throws {
    let data = try Self.data(200, seed: 4)
    var network = Self.network()
    let scaling = TemperatureScaling(of: network, on: data, at: 0..<200, pool: WorkerPool(count: 2))
    func loss(at temperature: Double) -> Double {
      network.temperature = temperature
      return Evaluation(Ensemble(network), on: data, pool: WorkerPool(count: 1)).score.loss
    }
    let least = loss(at: scaling.temperature)
    expectClose([least], [scaling.loss], within: 1e-6)
    #expect(least < loss(at: 1) - 0.01)
    for step in -300...300 {
      let other = exp(Double(step) / 100)
      #expect(loss(at: other) >= least - 1e-7, "at \(other)")
    }
  }

  @Test func threadsAndATemperatureBeforeChangeNothing() throws {
    let data = try Self.data(150, seed: 6)
    var network = Self.network()
    let one = TemperatureScaling(of: network, on: data, at: 0..<150, pool: WorkerPool(count: 1))
    network.temperature = 7
    #expect(TemperatureScaling(of: network, on: data, at: 0..<150, pool: WorkerPool(count: 3)) == one)
  }

  @Test func whereTheLossHasNoLeast() {
    // All right: to be ever surer would be ever better.
    #expect(TemperatureScaling(logits: [2, 0, 0, 1], labels: [0, 1]).temperature == 1)
    // Nothing to be sure of: all wrong, or as many right as wrong.
    #expect(TemperatureScaling(logits: [2, 0, 0, 1], labels: [1, 0]).temperature == 100)
    #expect(TemperatureScaling(logits: [2, 0, 2, 0], labels: [1, 0]).temperature == 100)
  }

  @Test func answersStayTheSame() throws {
    let data = try Self.data(100, seed: 9)
    var network = Self.network()
    let before = Predictor(network, pool: WorkerPool(count: 1)).answers(data, at: 0..<100)
    network.temperature = 4
    let after = Predictor(network, pool: WorkerPool(count: 1)).answers(data, at: 0..<100)
    #expect(after.best == before.best)
    // p^(1/T), made to add up to 1 again.
    for index in 0..<100 {
      let powers = before.probabilities(index).map { exp(log(Double($0)) / 4) }
      expectClose(after.probabilities(index).map(Double.init), powers.map { $0 / powers.reduce(0, +) }, within: 1e-5)
    }
  }

  @Test func modelFile() throws {
    var network = Self.network()
    #expect(network.file.metadata["temperature"] == nil)
    network.temperature = 1.0625
    #expect(network.file.metadata["temperature"] == "1.0625")
    let read = try Network(reading: temporaryFile(network.file))
    #expect(read.temperature == 1.0625 && read.layers == network.layers)
    network.adopt(try Self.data(1, seed: 1))
    #expect(network.temperature == 1)
    for text in ["0", "-1", "nan", "inf", "1e-9", "200", "warm", ""] {
      var file = read.file
      file.metadata["temperature"] = text
      expectFault("metadata 'temperature' is '\(text)', not a number of 0.01 to 100.0") {
        try Network(reading: temporaryFile(file))
      }
    }
  }

  private static func network() -> Network {
    Network(
      dimensions: [5, 8, 4], hidden: .tanh, initialization: Initialization(.normal(deviation: 2), seed: 3))
  }

  /// Features with labels that `network` is right about every other time.
  private static func data(_ count: Int, seed: UInt32) throws -> Dataset {
    var random = RandomState(seed: seed)
    let features = random.randn(5 * count).map { Float($0) }
    let inputs = Dataset.Inputs.features(Bytes(littleEndian: features.map(\.bitPattern)), width: 5)
    let answers = Predictor(network(), pool: WorkerPool(count: 1))
      .answers(Dataset(count: count, inputs: inputs, labels: nil), at: 0..<count)
    let labels = answers.best.map { random.integer(through: 1) == 0 ? UInt16($0) : UInt16(random.integer(through: 3)) }
    return Dataset(count: count, inputs: inputs, labels: labels)
  }
}

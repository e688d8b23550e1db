import NNCore
import Testing

/// The fast engine against the textbook's, and against itself on other numbers of threads.
@Suite struct EngineTests {
  /// Pictures with much background, of sizes that fill no vector evenly.
  private static func pictures(_ count: Int, inputs: Int, classes: Int) -> Dataset {
    var random = RandomState(seed: 21)
    let pixels = (0..<count * inputs).map { _ in random.uniform() < 0.6 ? 0 : UInt8(random.integer(through: 255)) }
    let labels = (0..<count).map { _ in UInt16(random.integer(through: UInt32(classes - 1))) }
    return Dataset(count: count, inputs: .pixels(Bytes(pixels), rows: 1, columns: inputs), labels: labels)
  }

  private static func features(_ count: Int, inputs: Int, classes: Int) -> Dataset {
    var random = RandomState(seed: 22)
    let values = random.randn(count * inputs).map { Float($0).bitPattern }
    let labels = (0..<count).map { _ in UInt16(random.integer(through: UInt32(classes - 1))) }
    return Dataset(count: count, inputs: .features(Bytes(littleEndian: values), width: inputs), labels: labels)
  }

  private static func network(_ dimensions: [Int], _ hidden: Activation) -> Network {
    Network(dimensions: dimensions, hidden: hidden, initialization: Initialization(.he, seed: 5))
  }

  private static let shapes = [[37, 10], [37, 1, 3], [50, 33, 10], [131, 70, 17, 10], [20, 129, 64, 3]]

  @Test(arguments: shapes, [Activation.relu, .sigmoid])
  func agreesWithTheTextbook(dimensions: [Int], hidden: Activation) {
    let (inputs, classes) = (dimensions[0], dimensions[dimensions.count - 1])
    for data in [
      Self.pictures(61, inputs: inputs, classes: classes), Self.features(61, inputs: inputs, classes: classes),
    ] {
      let network = Self.network(dimensions, hidden)
      #expect(TextbookEngine.supports(network))
      let textbook = TextbookEngine(network, on: data)
      let fast = FastEngine(network, on: data, .init(Optimizer(.sgd)), pool: WorkerPool(count: 3))
      let places = Array(0..<61)
      for step in 0..<20 {
        let batch = step % 2 == 0 ? places[...] : places[20..<53]
        // What is said of the next step may be true, wrong or nothing.
        let upcoming = [places[...], places[20..<53], []][step % 3]
        let wanted = textbook.step(at: batch, learningRate: 0.1, upcoming: upcoming)
        let got = fast.step(at: batch, learningRate: 0.1, upcoming: upcoming)
        #expect(got.count == wanted.count && got.correct == wanted.correct, "step \(step)")
        expectClose([got.loss], [wanted.loss], within: 2e-5, "loss of step \(step)")
      }
      #expect(fast.stepCount == 20 && textbook.stepCount == 20)
      for (layer, wanted) in zip(fast.layers, textbook.layers) {
        expectClose(layer.weights, wanted.weights, within: 2e-5, "weights")
        expectClose(layer.biases, wanted.biases, within: 2e-5, "biases")
      }
      let (wanted, got) = (textbook.score(data, at: [60, 3, 3, 7]), fast.score(data, at: [60, 3, 3, 7]))
      #expect(got.count == 4 && got.correct == wanted.correct)
      expectClose([got.loss], [wanted.loss], within: 2e-5, "score")
    }
  }

  /// Partners by likeness: another order of the same examples, of an odd number too, and so the same but for rounding;
  /// of many by linear optimisers, in fixed point, whose rounding may turn a ReLU over.
  @Test(arguments: [1, 2, 3, 61, 600, 2500], [Optimizer.Method.sgd, .momentum, .adam])
  func aBatchThatRepeatsIsLearnedAsAnyOther(count: Int, method: Optimizer.Method) {
    let data = Self.pictures(count, inputs: 131, classes: 10)
    let places = Array(0..<count)
    for hidden in [Activation.relu, .sigmoid] {
      let network = Self.network([131, 70, 10], hidden)
      let engines = [false, true].map {
        FastEngine(network, on: data, .init(Optimizer(method), repeatsBatch: $0), pool: WorkerPool(count: 2))
      }
      for step in 0..<5 {
        let scores = engines.map { $0.step(at: places[...], learningRate: method == .adam ? 0.001 : 0.1, upcoming: []) }
        #expect(scores[0].correct == scores[1].correct, "step \(step)")
        expectClose([scores[1].loss], [scores[0].loss], within: 1e-5, "loss of step \(step)")
      }
      for (layer, wanted) in zip(engines[1].layers, engines[0].layers) {
        expectClose(layer.weights, wanted.weights, within: hidden == .relu && count > 1024 ? 1e-4 : 1e-5, "weights")
      }
    }
  }

  /// In fixed point it would leave nothing of the others.
  @Test func aWeightFarGreaterThanTheOthersHarmsNone() {
    let data = Self.pictures(2500, inputs: 131, classes: 10)
    var network = Self.network([131, 70, 10], .sigmoid)
    network.layers[0].weights[131 * 3 + 5] = 1e4
    let places = Array(0..<2500)
    let losses = [false, true].map { repeats in
      FastEngine(network, on: data, .init(Optimizer(.sgd), repeatsBatch: repeats), pool: WorkerPool(count: 2))
        .step(at: places[...], learningRate: 0.1, upcoming: []).loss
    }
    expectClose([losses[1]], [losses[0]], within: 1e-6)
  }

  /// Batches of several blocks, the last of them smaller, and one of a single block after them.
  @Test(arguments: [[37, 10], [50, 33, 10], [20, 129, 64, 3]])
  func largeBatchesAgreeWithTheTextbook(dimensions: [Int]) {
    let (inputs, classes) = (dimensions[0], dimensions[dimensions.count - 1])
    for data in [
      Self.pictures(2500, inputs: inputs, classes: classes), Self.features(2500, inputs: inputs, classes: classes),
    ] {
      let network = Self.network(dimensions, .relu)
      let textbook = TextbookEngine(network, on: data)
      let fast = FastEngine(network, on: data, .init(Optimizer(.sgd)), pool: WorkerPool(count: 2))
      let places = Array(0..<2500)
      for batch in [places[...], places[...1024], places[3..<900], places[...]] {
        let wanted = textbook.step(at: batch, learningRate: 0.1, upcoming: [])
        let got = fast.step(at: batch, learningRate: 0.1, upcoming: [])
        expectClose([got.loss], [wanted.loss], within: 2e-5, "loss of \(batch.count)")
      }
      for (layer, wanted) in zip(fast.layers, textbook.layers) {
        expectClose(layer.weights, wanted.weights, within: 2e-5, "weights")
        expectClose(layer.biases, wanted.biases, within: 2e-5, "biases")
      }
    }
  }

  @Test(arguments: [[37, 10], [20, 129, 64, 3]], Optimizer.Method.allCases)
  func largeBatchesGiveTheSameBytesOnAnyNumberOfThreads(dimensions: [Int], method: Optimizer.Method) {
    let (inputs, classes) = (dimensions[0], dimensions[dimensions.count - 1])
    for data in [
      Self.pictures(2500, inputs: inputs, classes: classes), Self.features(2500, inputs: inputs, classes: classes),
    ] {
      for repeats in [false, true] {
        let results = [1, 2, 3, 8].map { count in
          let engine = FastEngine(
            Self.network(dimensions, .relu), on: data, .init(Optimizer(method), repeatsBatch: repeats),
            pool: WorkerPool(count: count, processors: count == 3 ? 2 : count))
          let places = Array(0..<2500)
          for _ in 0..<3 { _ = engine.step(at: places[...], learningRate: 0.01, upcoming: places[...]) }
          return (engine.layers, engine.optimizerTensors.mapValues { [UInt8]($0.bytes) })
        }
        for result in results.dropFirst() { #expect(result.0 == results[0].0 && result.1 == results[0].1) }
      }
    }
  }

  @Test func whatTheTextbookSupports() {
    #expect(TextbookEngine.supports(Self.network([4, 3], .tanh)))
    #expect(!TextbookEngine.supports(Self.network([4, 3, 2], .tanh)))
    var mixed = Self.network([4, 3, 3, 2], .relu)
    mixed.layers[1] = Self.network([3, 3, 2], .sigmoid).layers[0]
    #expect(!TextbookEngine.supports(mixed))
  }

  @Test(arguments: shapes, Optimizer.Method.allCases)
  func anyNumberOfThreadsGivesTheSameBytes(dimensions: [Int], method: Optimizer.Method) {
    let (inputs, classes) = (dimensions[0], dimensions[dimensions.count - 1])
    for data in [
      Self.pictures(61, inputs: inputs, classes: classes), Self.features(61, inputs: inputs, classes: classes),
    ] {
      for hidden in Activation.hidden {
        let results = [1, 2, 3, 8].map { count in
          let engine = FastEngine(
            Self.network(dimensions, hidden), on: data, .init(Optimizer(method)),
            pool: WorkerPool(count: count, processors: count == 3 ? 2 : count))
          let places = [60, 5, 5] + Array(0..<58)
          // A batch of fewer examples than threads, too.
          let scores = [places[...], places[3..<40], places[0..<2]].map {
            engine.step(at: $0, learningRate: 0.01, upcoming: [])
          }
          return (
            engine.layers, engine.optimizerTensors.mapValues { [UInt8]($0.bytes) },
            scores + [engine.score(data, at: places)]
          )
        }
        for result in results.dropFirst() {
          #expect(result.0 == results[0].0 && result.1 == results[0].1 && result.2 == results[0].2)
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 8], [1, 2, 8])
  func poolsDoAllWorkOnce(count: Int, processors: Int) {
    let pool = WorkerPool(count: count, processors: processors)
    #expect(pool.count == count && WorkerPool.processorCount >= 1)
    for total in [0, 1, 2, 7, 8, 1000] {
      var seen = Array(repeating: 0, count: total)
      seen.withUnsafeMutableBufferPointer { seen in
        nonisolated(unsafe) let seen = seen
        pool.split(total) { _, range in
          for place in range { seen[place] += 1 }
        }
      }
      #expect(seen.allSatisfy { $0 == 1 })
    }
    for _ in 0..<2000 {
      var workers = Array(repeating: 0, count: count)
      workers.withUnsafeMutableBufferPointer { workers in
        nonisolated(unsafe) let workers = workers
        pool.run { workers[$0] += 1 }
      }
      #expect(workers == Array(repeating: 1, count: count))
    }
  }

  @Test func answersAreDistributions() {
    let data = Self.pictures(61, inputs: 50, classes: 10)
    let network = Self.network([50, 33, 10], .tanh)
    let answers = Predictor(network, pool: WorkerPool(count: 2)).answers(data, at: [4, 60, 4])
    #expect(answers.count == 3 && answers.classCount == 10)
    #expect(Array(answers.probabilities(0)) == Array(answers.probabilities(2)))
    for (index, place) in [4, 60, 4].enumerated() {
      let probabilities = Array(answers.probabilities(index))
      expectClose([probabilities.reduce(0, +)], [1 as Float], within: 1e-6)
      #expect(probabilities[answers.best[index]] == probabilities.max())
      let label = Int(data.labels![place])
      expectClose([answers.losses[index]], [-Double(log(probabilities[label]))], within: 1e-5)
    }
  }

  /// Logits beyond what e can be raised to.
  @Test func certainAnswers() {
    let layer = Layer(
      inputCount: 2, outputCount: 3, activation: .softmax, weights: [900, 0, 0, 900, -900, 0], biases: [0, 0, 0])
    let values: [Float] = [1, 0, 0, 1]
    let data = Dataset(
      count: 2, inputs: .features(Bytes(littleEndian: values.map(\.bitPattern)), width: 2), labels: [0, 0])
    let answers = Predictor(Network(layers: [layer]), pool: WorkerPool(count: 1)).answers(data, at: 0..<2)
    #expect(Array(answers.probabilities(0)) == [1, 0, 0] && answers.best == [0, 1])
    expectClose(answers.losses, [0, 900], within: 1e-6)
  }
}

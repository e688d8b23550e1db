import NNCore
import Testing

/// An engine that learns nothing and notes what it is asked for.
private final class Notebook: TrainingEngine {
  var batches: [[Int]] = []
  /// What was said of the batches to come.
  var hints: [[Int]] = []
  var rates: [Double] = []
  var scored = 0
  /// The update, from 1, whose loss is not finite.
  var faultAt = Int.max

  func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score {
    batches.append(Array(places))
    hints.append(Array(upcoming))
    rates.append(learningRate)
    return Score(count: places.count, correct: 1, lossSum: batches.count >= faultAt ? .nan : Double(batches.count))
  }

  func score(_ dataset: Dataset, at places: [Int]) -> Score {
    scored += 1
    return Score(count: places.count, correct: 0, lossSum: 1)
  }

  var layers = [Layer(inputCount: 1, outputCount: 1, activation: .softmax, weights: [0], biases: [0])]
  var optimizerTensors: [String: Safetensors.Tensor] { [:] }
  var stepCount: Int { batches.count }
}

@Suite struct TrainerTests {
  private let recorder = Recorder()
  private let examples = [10, 11, 12, 13, 14, 15, 16]

  private func plan(_ length: TrainingPlan.Length, batch: Int? = 3, shuffles: Bool = false) -> TrainingPlan {
    var plan = TrainingPlan()
    (plan.length, plan.batchSize, plan.shuffles, plan.seed) = (length, batch, shuffles, 9)
    return plan
  }

  private static let validation = Dataset(
    count: 2, inputs: .pixels(Bytes([1, 2]), rows: 1, columns: 1), labels: [0, 0])

  private func run(
    _ plan: TrainingPlan, on engine: Notebook = Notebook(), validates: Bool = false, logInterval: Int? = nil
  ) throws -> Notebook {
    var trainer = Trainer(
      engine, plan: plan, examples: examples, validation: validates ? (Self.validation, [0, 1]) : nil,
      logInterval: logInterval)
    #expect(try trainer.run(recorder) == nil)
    #expect(trainer.position.step == engine.batches.count)
    return engine
  }

  @Test func batchesInOrderAndTheRest() throws {
    let engine = try run(plan(.epochs(2)))
    #expect(engine.batches == [[10, 11, 12], [13, 14, 15], [16], [10, 11, 12], [13, 14, 15], [16]])
    #expect(engine.hints == [[13, 14, 15], [16], [], [13, 14, 15], [16], []])
    #expect(recorder.steps == [1, 2, 3, 4, 5, 6] && recorder.totals == [6])
    #expect(recorder.epochs.map(\.epoch) == [1, 2] && recorder.epochs.map(\.step) == [3, 6])
    #expect(
      recorder.epochs.map(\.training) == [
        Score(count: 7, correct: 3, lossSum: 1 + 2 + 3), Score(count: 7, correct: 3, lossSum: 4 + 5 + 6),
      ])
    #expect(recorder.log.map(\.step) == [3, 6])
  }

  @Test func wholeBatches() throws {
    #expect(try run(plan(.epochs(2), batch: nil, shuffles: true)).batches == [examples, examples])
    #expect(try run(plan(.epochs(1), batch: 100, shuffles: true)).batches == [examples])
    #expect(try run(plan(.epochs(1), batch: 7, shuffles: true)).batches == [examples])
  }

  @Test func iterations() throws {
    #expect(try run(plan(.iterations(4))).batches.count == 4)
    // The last epoch ends with the training.
    #expect(recorder.epochs.map(\.step) == [3, 4] && recorder.epochs.map(\.training.count) == [7, 3])
    #expect(try run(plan(.iterations(2))).batches == [[10, 11, 12], [13, 14, 15]])
    #expect(try run(plan(.iterations(0))).batches == [])
    #expect(plan(.epochs(4)).steps(on: 7) == 12 && plan(.iterations(5)).steps(on: 7) == 5)
    #expect(plan(.epochs(1)).steps(anEpochOf: 6) == 2 && plan(.epochs(1), batch: nil).steps(anEpochOf: 6) == 1)
  }

  @Test func shufflesAsRandomStateDoes() throws {
    let engine = try run(plan(.epochs(3), shuffles: true))
    var random = RandomState(seed: 9)
    for epoch in 0..<3 {
      var order = examples
      random.shuffle(&order)
      #expect(engine.batches[3 * epoch..<3 * epoch + 3].flatMap { $0 } == order, "epoch \(epoch)")
    }
  }

  @Test func logInterval() throws {
    _ = try run(plan(.epochs(3)), validates: true, logInterval: 4)
    // The step's number from 0, and the validation of the parameters before it.
    #expect(recorder.log.map(\.step) == [0, 4, 8] && recorder.log.map(\.epoch) == [1, 2, 3])
    #expect(recorder.log.map(\.training.lossSum) == [1, 5, 9])
    #expect(recorder.log.allSatisfy { $0.validation?.count == 2 && $0.learningRate == 0.001 })
    #expect(recorder.epochs.count == 3)
  }

  @Test func schedules() throws {
    for (schedule, wanted) in [
      (Schedule.constant, [1, 1, 1, 1]), (.linear, [1, 0.75, 0.5, 0.25]),
      (.cosine, [1, (1 + 0.5.squareRoot()) / 2, 0.5, (1 - 0.5.squareRoot()) / 2]),
    ] {
      var plan = plan(.iterations(4))
      (plan.schedule, plan.learningRate) = (schedule, 0.5)
      recorder.log = []
      let engine = try run(plan, logInterval: 1)
      expectClose(engine.rates, wanted.map { 0.5 * $0 }, within: 1e-15, "\(schedule)")
      #expect(recorder.log.map(\.learningRate) == engine.rates)
    }
  }

  @Test func validationOncePerEpoch() throws {
    #expect(try run(plan(.epochs(3)), validates: true).scored == 3)
    #expect(recorder.log.allSatisfy { $0.validation?.count == 2 })
    #expect(try run(plan(.epochs(3))).scored == 0)
    // Full batches and a log of every tenth: not once for each of the steps between.
    #expect(try run(plan(.epochs(25), batch: nil), validates: true, logInterval: 10).scored == 3 + 1)
  }

  @Test func divergenceIsThrown() throws {
    let engine = Notebook()
    engine.faultAt = 5
    let error = #expect(throws: TrainingDiverged.self) { try run(plan(.epochs(3)), on: engine) }
    #expect(error?.epoch == 2 && error?.step == 5 && error?.learningRate == 0.001)
    #expect(
      error?.description == "training diverged in epoch 2, step 5: the loss is nan")
    #expect(error?.remedy == .lowerLearningRate(0.001))
    #expect(recorder.steps == [1, 2, 3, 4] && engine.batches.count == 5)

    let broken = Notebook()
    broken.layers[0].weights = [.infinity]
    #expect(throws: TrainingDiverged.self) { try run(plan(.epochs(1)), on: broken) }
  }

  @Test func greatRatesDiverge() throws {
    let torch = try TorchRuns()
    var plan = try torch.plan("sgd")
    plan.learningRate = 1e30
    let engine = FastEngine(
      try torch.network("deep-relu", "start"), on: torch.dataset, .init(plan.optimizer), pool: WorkerPool(count: 1))
    var trainer = Trainer(engine, plan: plan, examples: Array(0..<40))
    #expect(throws: TrainingDiverged.self) { try trainer.run(recorder) }
  }

  @Test func stoppingBetweenUpdates() throws {
    recorder.stopAfter = 4
    let engine = Notebook()
    var trainer = Trainer(engine, plan: plan(.epochs(3)), examples: examples)
    #expect(try trainer.run(recorder) == .interruption)
    #expect(engine.batches.count == 4 && trainer.position.step == 4)
    #expect(trainer.position.partial == Score(count: 3, correct: 1, lossSum: 4))
    #expect(trainer.position.last?.epoch == 1)
  }

  /// The time limit's end is recorded as the plan's is: within an epoch, at its end, and where each epoch is one update
  /// and the log has other steps.
  @Test(arguments: [(4, 3, [1, 2]), (3, 3, [1]), (2, 7, [1, 2])])
  func endsByTime(_ stop: Int, _ batch: Int, _ epochs: [Int]) throws {
    (recorder.stopAfter, recorder.reason) = (stop, .timeLimit)
    let engine = Notebook()
    var trainer = Trainer(
      engine, plan: plan(.epochs(3), batch: batch), examples: examples, validation: (Self.validation, [0, 1]),
      logInterval: 5)
    #expect(try trainer.run(recorder) == .timeLimit)
    #expect(trainer.position.step == stop && trainer.epoch == epochs.last && !trainer.isComplete)
    #expect(recorder.epochs.map(\.epoch) == epochs)
    #expect(trainer.position.last?.epoch == trainer.epoch && trainer.position.last?.validation != nil)
  }

  @Test func aFaultAtTheTimeLimitIsDivergence() throws {
    (recorder.stopAfter, recorder.reason) = (1, .timeLimit)
    let broken = Notebook()
    broken.layers[0].weights = [.infinity]
    var trainer = Trainer(broken, plan: plan(.epochs(1)), examples: examples)
    #expect(throws: TrainingDiverged.self) { try trainer.run(recorder) }
  }
}

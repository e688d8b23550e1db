import NNCore
import Testing

@Suite struct CheckpointTests {
  private struct Outcome {
    var layers: [Layer]
    var tensors: [String: Safetensors.Tensor]
    var records: [TrainingRecord]
  }

  private func plan(_ method: Optimizer.Method) -> TrainingPlan {
    var plan = TrainingPlan()
    (plan.length, plan.batchSize, plan.learningRate, plan.optimizer) = (.epochs(4), 7, 0.05, Optimizer(method))
    (plan.optimizer.weightDecay, plan.schedule) = (0.1 / 3, .cosine)
    return plan
  }

  private let places = Array(2..<40)

  /// Trains to the end, going through a checkpoint file after each of `stops` updates more.
  private func train(_ method: Optimizer.Method, stops: [Int]) throws -> Outcome {
    let torch = try TorchRuns()
    let validation = (torch.dataset, [0, 1])
    var network = try torch.network("deep-tanh", "start")
    var (plan, position) = (plan(method), TrainingPosition())
    var tensors: [String: Safetensors.Tensor] = [:]
    var records: [TrainingRecord] = []
    for stop in stops + [.max] {
      let engine = FastEngine(
        network, on: torch.dataset, .init(plan.optimizer), pool: WorkerPool(count: 2),
        resuming: (tensors, position.step))
      var trainer = Trainer(engine, plan: plan, examples: places, validation: validation, from: position)
      let recorder = Recorder()
      recorder.stopAfter = stop
      #expect(try trainer.run(recorder) == (stop == .max ? nil : .interruption))
      records += recorder.log
      network.layers = engine.layers
      let checkpoint = Checkpoint(
        network: network, plan: plan, position: trainer.position, exampleCount: places.count,
        optimizerTensors: engine.optimizerTensors)
      let read = try Checkpoint(reading: temporaryFile(checkpoint.file))
      var stored = read.plan
      // The length is not the checkpoint's matter.
      stored.length = plan.length
      #expect(stored == plan && read.position == trainer.position && read.exampleCount == places.count)
      (plan, position, network, tensors) = (stored, read.position, read.network, read.optimizerTensors)
    }
    return Outcome(layers: network.layers, tensors: tensors, records: records)
  }

  @Test(arguments: Optimizer.Method.allCases)
  func stoppedAndResumedIsAsNeverStopped(_ method: Optimizer.Method) throws {
    let whole = try train(method, stops: [])
    #expect(whole.records.count == 4)
    // Within an epoch, at its end, right at the start, and several times.
    for stops in [[3], [6], [0], [1, 1, 4, 6, 9], [23]] {
      let parts = try train(method, stops: stops)
      #expect(parts.layers == whole.layers, "\(stops)")
      #expect(
        parts.tensors.mapValues { [UInt8]($0.bytes) } == whole.tensors.mapValues { [UInt8]($0.bytes) }, "\(stops)")
      #expect(parts.records.map(\.training) == whole.records.map(\.training), "\(stops)")
      #expect(parts.records.map(\.validation) == whole.records.map(\.validation), "\(stops)")
      #expect(parts.records.map(\.step) == whole.records.map(\.step), "\(stops)")
    }
  }

  private func file(_ change: (inout Safetensors) -> Void) throws -> Safetensors {
    let torch = try TorchRuns()
    let network = try torch.network("relu", "start")
    let engine = FastEngine(network, on: torch.dataset, .init(Optimizer(.adam)), pool: WorkerPool(count: 1))
    var file = Checkpoint(
      network: network, plan: plan(.adam), position: TrainingPosition(), exampleCount: 40,
      optimizerTensors: engine.optimizerTensors
    ).file
    change(&file)
    return file
  }

  private func expectRefused(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Safetensors) -> Void
  ) throws {
    let file = try temporaryFile(file(change))
    expectFault(text, sourceLocation: sourceLocation) { try Checkpoint(reading: file) }
  }

  @Test func momentsHavePyTorchsNames() throws {
    let names = try file { _ in }.tensors.keys.filter { $0.hasPrefix("optimizer.") }
    #expect(
      Set(names) == [
        "optimizer.0.weight.exp_avg", "optimizer.0.weight.exp_avg_sq", "optimizer.0.bias.exp_avg",
        "optimizer.0.bias.exp_avg_sq",
        "optimizer.2.weight.exp_avg", "optimizer.2.weight.exp_avg_sq", "optimizer.2.bias.exp_avg",
        "optimizer.2.bias.exp_avg_sq",
      ])
  }

  @Test func aCheckpointIsAModel() throws {
    #expect(try Network(reading: temporaryFile(file { _ in })).dimensions == [12, 8, 5])
  }

  @Test func faults() throws {
    try expectRefused("is a model without 'checkpoint.step': not a checkpoint") { $0.metadata["checkpoint.step"] = nil }
    for (name, value) in [
      ("step", "-1"), ("step", "x"), ("batch_size", "0"), ("batch_size", "-3"), ("batch_size", "all"),
      ("optimizer", "lion"),
      ("seed", "4294967296"), ("schedule", "steep"), ("shuffle", "yes"), ("partial", "1 2"), ("partial", "1 2 x"),
      ("partial", "-1 2 3"),
      ("learning_rate", ""), ("beta1", "1/2"), ("examples", "-1"),
    ] {
      try expectRefused("metadata 'checkpoint.\(name)' is '\(value)'") { $0.metadata["checkpoint." + name] = value }
    }
    try expectRefused("don't fit") { $0.tensors["optimizer.0.bias.exp_avg"] = nil }
    try expectRefused("don't fit") { $0.tensors["optimizer.4.bias.exp_avg"] = .init([1], shape: [1]) }
    try expectRefused("don't fit") { $0.tensors["optimizer.2.bias.exp_avg"] = .init([1, 2, 3, 4], shape: [4]) }
    try expectRefused("don't fit") {
      $0.tensors["optimizer.2.bias.exp_avg"] = .init(.u32, shape: [5], bytes: Bytes(Array(repeating: 0, count: 20)))
    }
    try expectRefused("don't fit") { $0.metadata["checkpoint.optimizer"] = "sgd" }
  }
}

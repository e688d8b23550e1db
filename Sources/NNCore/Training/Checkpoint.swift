/// The state of training: a model file that also holds what is needed to go on exactly as without the interruption.
package struct Checkpoint: Sendable {
  private static let prefix = "checkpoint."

  package let network: Network
  /// The plan of the training, except its length.
  package let plan: TrainingPlan
  package let position: TrainingPosition
  /// The number of training examples; the position counts in batches of them.
  package let exampleCount: Int
  package let optimizerTensors: [String: Safetensors.Tensor]

  package init(
    network: Network, plan: TrainingPlan, position: TrainingPosition, exampleCount: Int,
    optimizerTensors: [String: Safetensors.Tensor]
  ) {
    (self.network, self.plan, self.position) = (network, plan, position)
    (self.exampleCount, self.optimizerTensors) = (exampleCount, optimizerTensors)
  }

  /// The name of the tensor that keeps a moment of a layer's weights or biases.
  static func tensorName(layer: Int, _ part: ParameterPart, moment: String) -> String {
    "\(Network.optimizerPrefix)\(2 * layer).\(part.rawValue).\(moment)"
  }

  package var file: Safetensors {
    var file = network.file
    for (name, value) in entries { file.metadata[Self.prefix + name] = value }
    file.tensors.merge(optimizerTensors) { $1 }
    return file
  }

  private var entries: [(String, String)] {
    func entry(_ setting: OptimizerSetting) -> (String, String) {
      (setting.name, "\(plan[keyPath: setting.keyPath])")
    }
    return [
      ("step", "\(position.step)"), ("examples", "\(exampleCount)"),
      ("partial", "\(position.partial.count) \(position.partial.correct) \(position.partial.lossSum)"),
      ("batch_size", plan.batchSize.map(String.init) ?? "full"), entry(.learningRate),
      ("schedule", plan.schedule.rawValue),
      ("seed", "\(plan.seed)"), ("shuffle", "\(plan.shuffles)"), ("augment", "\(plan.augmentation)"),
      ("optimizer", plan.optimizer.method.rawValue),
    ] + OptimizerSetting.ofOptimizer.map(entry)
  }

  /// - Throws: `FileError`, of kind `badData` if the file isn't a sound checkpoint.
  package init(reading input: InputFile) throws {
    let file = try Safetensors(reading: input)
    network = try Network(file, of: input)

    func field<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value {
      guard let text = file.metadata[Self.prefix + name] else {
        throw input.malformed("is a model without '\(Self.prefix)\(name)': not a checkpoint")
      }
      guard let value = parse(text) else { throw input.malformed("metadata '\(Self.prefix)\(name)' is '\(text)'") }
      return value
    }
    func count(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }

    var position = TrainingPosition()
    position.step = try field("step", count)
    position.partial = try field("partial") { text in
      let words = text.split(separator: " ").map(String.init)
      guard words.count == 3, let examples = count(words[0]), let correct = count(words[1]), let loss = Double(words[2])
      else { return nil }
      return Score(count: examples, correct: correct, lossSum: loss)
    }
    self.position = position
    exampleCount = try field("examples", count)

    var plan = TrainingPlan()
    plan.optimizer = Optimizer(try field("optimizer", Optimizer.Method.init(rawValue:)))
    for setting in OptimizerSetting.all {
      plan[keyPath: setting.keyPath] = try field(setting.name) { text in
        Double(text).flatMap { setting.range.contains($0) ? $0 : nil }
      }
    }
    plan.batchSize = try field("batch_size") { text -> Int?? in
      text == "full" ? .some(nil) : count(text).flatMap { $0 > 0 ? .some($0) : nil }
    }
    plan.schedule = try field("schedule", Schedule.init(rawValue:))
    plan.seed = try field("seed") { UInt32($0) }
    plan.shuffles = try field("shuffle") { Bool($0) }
    // Checkpoints of earlier versions lack it.
    if file.metadata[Self.prefix + "augment"] != nil {
      plan.augmentation = try field("augment", AugmentationKind.init)
    }
    self.plan = plan

    optimizerTensors = file.tensors.filter { $0.key.hasPrefix(Network.optimizerPrefix) }
    var expected: [String: [Int]] = [:]
    for moment in plan.optimizer.method.momentNames {
      for (index, layer) in network.layers.enumerated() {
        expected[Self.tensorName(layer: index, .weights, moment: moment)] = [layer.outputCount, layer.inputCount]
        expected[Self.tensorName(layer: index, .biases, moment: moment)] = [layer.outputCount]
      }
    }
    guard optimizerTensors.mapValues(\.shape) == expected, optimizerTensors.values.allSatisfy({ $0.type == .f32 })
    else {
      throw input.malformed("the optimizer's tensors don't fit the network")
    }
  }
}

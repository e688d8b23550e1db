import NNCommand
import NNCore

/// What the command line asks for, brought together with the data and, where training goes on, the checkpoint.
struct TrainingSetup {
  let plan: TrainingPlan
  /// Places of the examples to train on.
  let examples: [Int]
  let validation: (dataset: Dataset, places: [Int])?
  let engine: any TrainingEngine

  /// - Parameter recipe: what the command line's options go beyond, in place of the defaults.
  /// - Throws: `Failure` for what doesn't go together, `FileError` for the files.
  init(
    _ command: NNTrain, _ network: Network, _ data: (dataset: Dataset, name: String), resuming checkpoint: Checkpoint?,
    like recipe: TrainingRecipe?, _ operands: Operands
  ) throws {
    let dataset = data.dataset
    var network = network
    network.adopt(dataset)
    let teachers = try command.teaching.teachers(of: network, operands)
    plan = try Self.plan(command, for: network, teachers, resuming: checkpoint, like: recipe)
    (examples, validation) = try Self.split(command, dataset, fit: network, seed: plan.seed, operands)
    if let checkpoint, checkpoint.exampleCount != examples.count {
      throw Failure(
        .badData,
        "\(command.records.resume ?? ""): is of training on \(checkpoint.exampleCount) examples, and here are "
          + "\(examples.count)"
      )
    }
    let rules = TrainingRules(plan, for: network, labels: dataset.labels ?? [], at: examples)
    let resumed = (tensors: checkpoint?.optimizerTensors ?? [:], stepCount: checkpoint?.position.step ?? 0)
    switch command.chosenEngine {
    case .fast:
      let configuration = FastEngine.Configuration(
        plan.optimizer, repeatsBatch: plan.isFullBatch(of: examples.count),
        augmentation: try Self.augmentation(plan, dataset, named: command.data, of: examples.count), rules: rules,
        teachers: teachers)
      engine = FastEngine(
        network, on: dataset, configuration, pool: command.threads.pool, resuming: resumed)
    case .textbook:
      guard TextbookEngine.supports(network) else {
        throw Failure.usage("the textbook engine knows relu or sigmoid, one of them in all hidden layers")
      }
      engine = TextbookEngine(network, on: dataset, rules: rules, resuming: resumed)
    }
  }

  private static func plan(
    _ command: NNTrain, for network: Network, _ teachers: Ensemble?, resuming checkpoint: Checkpoint?,
    like recipe: TrainingRecipe?
  ) throws -> TrainingPlan {
    var plan = checkpoint?.plan ?? recipe?.plan ?? TrainingPlan()
    if command.chosenEngine == .textbook, checkpoint == nil, recipe == nil { plan.optimizer = Optimizer(.sgd) }
    if let epochs = command.epochs { plan.length = .epochs(epochs) }
    if let iterations = command.iterations { plan.length = .iterations(iterations) }
    try command.apply(to: &plan, isResumed: checkpoint != nil)
    try command.regularization.apply(to: &plan, for: network)
    try command.teaching.apply(to: &plan, teachers, isResumed: checkpoint != nil)
    try command.keeping.apply(to: &plan, validates: command.validation != nil)
    guard command.chosenEngine == .textbook else { return plan }
    if plan.augmentation != .none { throw Failure.usage("the textbook engine knows no --augment") }
    if teachers != nil { throw Failure.usage("the textbook engine knows no --teacher") }
    if plan.optimizer.method != .sgd || plan.optimizer.weightDecay != 0 {
      throw Failure.usage("the textbook engine knows --optimizer sgd only, without --weight-decay")
    }
    return plan
  }

  private static func split(
    _ command: NNTrain, _ dataset: Dataset, fit network: Network, seed: UInt32, _ operands: Operands
  ) throws -> (examples: [Int], validation: (dataset: Dataset, places: [Int])?) {
    let all = Array(0..<dataset.count)
    switch command.validation {
    case nil: return (all, nil)
    case .file(let path):
      let (other, name) = try operands.dataset(path)
      try network.requireCompatible(other, file: name, needsLabels: true)
      return (all, (other, Array(0..<other.count)))
    case .fraction(let fraction):
      let count = Int((Double(dataset.count) * fraction).rounded())
      guard count > 0, count < dataset.count else {
        throw Failure(
          .badData,
          "\(command.data): \(fraction) of \(dataset.count) examples leaves none to validate or none to train on")
      }
      var random = RandomState(seed: seed)
      let order = random.permutation(dataset.count)
      return (order.dropLast(count).sorted(), (dataset, order.suffix(count).sorted()))
    }
  }

  private static func augmentation(
    _ plan: TrainingPlan, _ dataset: Dataset, named name: String, of examples: Int
  ) throws -> (any PictureRedrawing)? {
    guard plan.augmentation != .none else { return nil }
    guard case .pixels(_, let rows, let columns) = dataset.inputs else {
      throw Failure(.badData, "\(name): holds features, and --augment is for pictures")
    }
    return plan.augmentation.redrawing(
      seed: plan.seed, rows: rows, columns: columns, stepsAnEpoch: plan.steps(anEpochOf: examples))
  }
}

extension NNTrain {
  /// Puts the settings that neither the network nor the data restricts into `plan`.
  func apply(to plan: inout TrainingPlan, isResumed: Bool) throws {
    try schedule.apply(to: &plan)
    try optimization.apply(to: &plan, isResumed: isResumed)
    try augmentation.apply(to: &plan)
  }
}

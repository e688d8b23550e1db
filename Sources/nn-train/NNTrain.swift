import ArgumentParser
import NNCommand
import NNCore

@main
struct NNTrain: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-train",
    abstract: "Train a network on labelled data.",
    discussion: """
      The trained model goes to standard output, ready for nn-eval or nn-predict, unless -o names a file. The same seed \
      gives the same bytes.
      """,
    version: toolVersion)

  enum EngineName: String, CaseIterable, ExpressibleByArgument {
    case fast, textbook
  }

  @Argument(
    help: ArgumentHelp("The model to train; standard input if there is none, or for -.", valueName: "model"),
    completion: .safetensors)
  var model: String?

  @Option(help: ArgumentHelp("Labelled data, as mnist-prepare writes it.", valueName: "file"), completion: .safetensors)
  var data: String

  @Option(
    help: ArgumentHelp("Data to validate on, or the share of --data to keep for that.", valueName: "file|fraction"),
    completion: .safetensors)
  var validation: ValidationSource?

  @Option(help: ArgumentHelp("How often to go through the data (default: 10).", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("How many updates to do, instead of --epochs.", valueName: "n"))
  var iterations: Int?

  @OptionGroup(title: "Optimisation") var optimization: OptimizationOptions

  @Option(
    help: ArgumentHelp("The arithmetic: fast, or textbook (the course's functions, with sgd only).", valueName: "name"))
  var engine = EngineName.fast

  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if epochs != nil, iterations != nil { throw ValidationError("--epochs and --iterations exclude each other.") }
    if let epochs, epochs < 1 { throw ValidationError("--epochs takes a number of at least 1.") }
    if let iterations, iterations < 1 { throw ValidationError("--iterations takes a number of at least 1.") }
    if model != nil, records.resume != nil {
      throw ValidationError("--resume brings its own model: leave out '\(model ?? "")'.")
    }
    if records.log == "-", (common.output ?? "-") == "-" {
      throw ValidationError("The log and the model can't both go to standard output: give -o FILE.")
    }
  }

  var files: NamedFiles {
    let inputs: [NamedFiles.Entry] = [
      ("", model), ("--data", data), ("--validation", validationFile.first), ("--resume", records.resume),
    ]
    return NamedFiles(
      inputs: inputs, outputs: [("-o", common.output)] + records.outputs, followed: [("--log", records.log)])
  }

  func execute() throws {
    let operands = try Operands([records.resume ?? model ?? "-", data] + validationFile)
    let checkpoint = try records.resume.map { try Checkpoint(reading: operands.open($0)) }
    var network = try checkpoint?.network ?? operands.model(model).network
    let (dataset, dataName) = try operands.dataset(data)
    try network.requireFit(dataset, file: dataName, needsLabels: true)
    let plan = try self.plan(resuming: checkpoint)
    let (examples, validation) = try split(dataset, fit: network, seed: plan.seed, operands)
    if let checkpoint, checkpoint.exampleCount != examples.count {
      throw Failure(
        .badData,
        "\(records.resume ?? ""): is of training on \(checkpoint.exampleCount) examples, and here are \(examples.count)"
      )
    }
    network.adopt(dataset)

    let output = try Output(common.output, isBinary: true)
    let journal = try Journal(records, progress: Progress(quiet: common.quiet), isResumed: checkpoint != nil)
    var trainer = Trainer(
      try makeEngine(network, dataset, exampleCount: examples.count, plan, checkpoint), plan: plan, examples: examples,
      validation: validation,
      logInterval: records.logEvery, from: checkpoint?.position ?? TrainingPosition())
    journal.snapshot = { [engine = trainer.engine] position in
      var current = network
      current.layers = engine.layers
      return Checkpoint(
        network: current, plan: plan, position: position, exampleCount: examples.count,
        optimizerTensors: engine.optimizerTensors)
    }
    let isComplete: Bool
    do {
      isComplete = try trainer.run(journal)
    } catch let error as TrainingDiverged {
      try journal.giveUp()
      throw error
    }
    try journal.finish(at: trainer.position)
    guard isComplete else { return }
    network.layers = trainer.engine.layers
    network.training = summary(trainer, examples: examples.count)
    if let validation {
      let scaling = TemperatureScaling(of: network, on: validation.dataset, at: validation.places, pool: threads.pool)
      network.temperature = scaling.temperature
      network.training["calibrated_loss"] = "\(scaling.loss)"
    }
    try output.commit(network.file)
  }

  private var validationFile: [String] {
    if case .file(let path) = validation { [path] } else { [] }
  }

  private func plan(resuming checkpoint: Checkpoint?) throws -> TrainingPlan {
    var plan = checkpoint?.plan ?? TrainingPlan()
    if let epochs { plan.length = .epochs(epochs) }
    if let iterations { plan.length = .iterations(iterations) }
    if engine == .textbook, checkpoint == nil { plan.optimizer = Optimizer(.sgd) }
    try optimization.apply(to: &plan, isResumed: checkpoint != nil)
    if engine == .textbook, plan.augments { throw Failure.usage("the textbook engine knows no --augment") }
    if engine == .textbook, plan.optimizer.method != .sgd || plan.optimizer.weightDecay != 0 {
      throw Failure.usage("the textbook engine knows --optimizer sgd only, without --weight-decay")
    }
    return plan
  }

  /// The places to train on, and what to validate on.
  private func split(
    _ dataset: Dataset, fit network: Network, seed: UInt32, _ operands: Operands
  ) throws -> (examples: [Int], validation: (dataset: Dataset, places: [Int])?) {
    let all = Array(0..<dataset.count)
    switch validation {
    case nil: return (all, nil)
    case .file(let path):
      let (other, name) = try operands.dataset(path)
      try network.requireFit(other, file: name, needsLabels: true)
      return (all, (other, Array(0..<other.count)))
    case .fraction(let fraction):
      let count = Int((Double(dataset.count) * fraction).rounded())
      guard count > 0, count < dataset.count else {
        throw Failure(
          .badData, "\(data): \(fraction) of \(dataset.count) examples leaves none to validate or none to train on")
      }
      var random = RandomState(seed: seed)
      let order = random.permutation(dataset.count)
      return (order.dropLast(count).sorted(), (dataset, order.suffix(count).sorted()))
    }
  }

  private func makeEngine(
    _ network: Network, _ dataset: Dataset, exampleCount: Int, _ plan: TrainingPlan, _ checkpoint: Checkpoint?
  ) throws -> any TrainingEngine {
    switch engine {
    case .fast:
      let configuration = FastEngine.Configuration(
        plan.optimizer, repeatsBatch: plan.isFullBatch(of: exampleCount), augmentation: try augmentation(dataset, plan))
      return FastEngine(
        network, on: dataset, configuration, pool: threads.pool,
        resuming: (checkpoint?.optimizerTensors ?? [:], checkpoint?.position.step ?? 0))
    case .textbook:
      guard TextbookEngine.supports(network) else {
        throw Failure.usage("the textbook engine knows relu or sigmoid in all hidden layers, and no tanh")
      }
      return TextbookEngine(network, on: dataset)
    }
  }

  private func augmentation(_ dataset: Dataset, _ plan: TrainingPlan) throws -> Augmentation? {
    guard plan.augments else { return nil }
    guard case .pixels(_, let rows, let columns) = dataset.inputs else {
      throw Failure(.badData, "\(data): holds features, and --augment is for pictures")
    }
    return Augmentation(seed: plan.seed, rows: rows, columns: columns)
  }

  /// What the model file tells of its training.
  private func summary(_ trainer: Trainer, examples: Int) -> Safetensors.Metadata {
    let plan = trainer.plan
    var summary = Safetensors.Metadata()
    summary["tool"] = Self.signature
    summary["engine"] = engine.rawValue
    summary["examples"] = "\(examples)"
    summary["steps"] = "\(trainer.position.step)"
    summary["optimizer"] = plan.optimizer.method.rawValue
    summary["learning_rate"] = "\(plan.learningRate)"
    summary["schedule"] = plan.schedule.rawValue
    summary["batch_size"] = plan.batchSize.map(String.init) ?? "full"
    summary["seed"] = "\(plan.seed)"
    if plan.augments { summary["augment"] = "true" }
    if let last = trainer.last {
      summary["epochs"] = "\(last.epoch)"
      summary["loss"] = "\(last.training.loss)"
      summary["accuracy"] = "\(last.training.accuracy)"
      summary["validation_loss"] = last.validation.map { "\($0.loss)" }
      summary["validation_accuracy"] = last.validation.map { "\($0.accuracy)" }
    }
    return summary
  }
}

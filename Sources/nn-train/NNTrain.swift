import ArgumentParser
import NNCommand
import NNCore

@main
struct NNTrain: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-train",
    abstract: "Train a network on labelled data.",
    discussion: """
      The trained model goes to standard output, ready for nn-eval or nn-predict, unless -o names a file. The same \
      seed gives the same bytes.
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

  @Option(
    help: ArgumentHelp(
      "Train as that model was trained; what else is given here takes the place of what it tells.", valueName: "model"),
    completion: .safetensors)
  var like: String?

  @Option(help: ArgumentHelp("How often to go through the data (default: 10).", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("How many updates to do, instead of --epochs.", valueName: "n"))
  var iterations: Int?

  @Option(
    help: ArgumentHelp(
      "End when that time is over, with the model as it is then: 90 or 90s, 5m, 1h, 1h30m.", valueName: "duration"))
  var timeLimit: TimeLimit?

  @OptionGroup(title: "Optimisation") var optimization: OptimizationOptions
  @OptionGroup(title: "Learning rate") var schedule: ScheduleOptions
  @OptionGroup(title: "Regularisation") var regularization: RegularizationOptions
  @OptionGroup(title: "Teachers") var teaching: TeacherOptions
  @OptionGroup(title: "Augmentation") var augmentation: AugmentationOptions

  @Option(
    help: ArgumentHelp(
      "The arithmetic: fast, or textbook (the course's functions, with sgd only; default: fast).", valueName: "name"))
  var engine: EngineName?

  @OptionGroup(title: "End") var keeping: KeepOptions
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
    if like != nil, records.resume != nil {
      throw ValidationError("--resume brings its own settings: leave out --like.")
    }
    if like == nil, records.resume == nil {
      var plan = TrainingPlan()
      try apply(to: &plan, isResumed: false)
    }
    if records.log == "-", (common.output ?? "-") == "-" {
      throw ValidationError("The log and the model can't both go to standard output: give -o FILE.")
    }
  }

  static var optionalValues: [String: String] { ["--augment": AugmentationArgument.plainName] }

  var files: NamedFiles {
    let inputs: [NamedFiles.Entry] =
      [
        ("", model), ("--data", data), ("--validation", validationFile.first), ("--resume", records.resume),
        ("--like", like),
      ] + teaching.teacher.map { ("--teacher", $0) }
    return NamedFiles(
      inputs: inputs, outputs: [("-o", common.output)] + records.outputs, followed: [("--log", records.log)])
  }

  func execute() throws {
    let like = like.map { [$0] } ?? []
    let operands = try Operands(
      [records.resume ?? model ?? "-", data] + like + validationFile + teaching.teacher)
    let recipe = try like.first.map { try TrainingRecipe(of: operands.model($0)) }
    let command = recipe?.completing(self) ?? self
    let checkpoint = try records.resume.map { try Checkpoint(reading: operands.open($0, as: .model)) }
    var network = try checkpoint?.network ?? operands.model(model).network
    let (dataset, dataName) = try operands.dataset(data)
    try network.requireCompatible(dataset, file: dataName, needsLabels: true)
    let setup = try TrainingSetup(
      command, network, (dataset, dataName), resuming: checkpoint, like: recipe, operands)
    network.adopt(dataset)

    let output = try Output(common.output, isBinary: true)
    let progress = Progress(quiet: common.quiet)
    let journal = try Journal(
      records, of: network, progress: progress, timeLimit: timeLimit, resumed: checkpoint?.position)
    var trainer = Trainer(
      setup.engine, plan: setup.plan, examples: setup.examples, validation: setup.validation,
      logInterval: records.logEvery, from: checkpoint?.position ?? TrainingPosition(), best: checkpoint?.best)
    if trainer.isComplete {
      progress.line(
        "\(records.resume ?? ""): training had already ended, at step \(trainer.position.step) (epoch "
          + "\(trainer.epoch)): nothing is left to do; more \(iterations == nil ? "--epochs" : "--iterations") go on")
    }
    let end: EarlyEnd?
    do {
      end = try trainer.run(journal)
    } catch let error as TrainingDiverged {
      try journal.giveUp()
      throw error
    }
    try journal.finish(trainer, end)
    guard end != .interruption else { return }
    network.layers = trainer.result
    network.training = trainer.summary(of: command, end)
    if let validation = setup.validation {
      let scaling = TemperatureScaling(of: network, on: validation.dataset, at: validation.places, pool: threads.pool)
      network.temperature = scaling.temperature
      network.training["calibrated_loss"] = "\(scaling.loss)"
    }
    try output.commit(network.file)
  }

  var chosenEngine: EngineName { engine ?? .fast }

  private var validationFile: [String] {
    if case .file(let path) = validation { [path] } else { [] }
  }
}

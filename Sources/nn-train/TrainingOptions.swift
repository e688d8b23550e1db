import ArgumentParser
import NNCommand
import NNCore

/// How each update is made. What isn't given is the optimiser's default, or the checkpoint's.
struct OptimizationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Examples an update, or full (default: 128).", valueName: "n|full"), completion: .list(["full"]))
  var batchSize: BatchSize?

  @Option(help: ArgumentHelp("Step width (default: 0.001).", valueName: "x"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "How the step width goes down to 0: constant (not at all), linear or cosine (default: constant).",
      valueName: "name"))
  var schedule: Schedule?

  @Option(help: ArgumentHelp("sgd, momentum, adam or adamw (default: adam).", valueName: "name"))
  var optimizer: Optimizer.Method?

  @Option(help: ArgumentHelp("Share of the last step kept, for momentum (default: 0.9).", valueName: "x"))
  var momentum: Double?

  @Option(help: ArgumentHelp("Decay of the first moment, for adam and adamw (default: 0.9).", valueName: "x"))
  var beta1: Double?

  @Option(help: ArgumentHelp("Decay of the second moment, for adam and adamw (default: 0.999).", valueName: "x"))
  var beta2: Double?

  @Option(help: ArgumentHelp("Added to the divisor, for adam and adamw (default: 1e-8).", valueName: "x"))
  var epsilon: Double?

  @Option(help: ArgumentHelp("Pull of the parameters to 0 (default: 0; 0.01 for adamw).", valueName: "x"))
  var weightDecay: Double?

  @Option(help: ArgumentHelp("Seed of shuffling and of the split for validation (default: 1).", valueName: "n"))
  var seed: UInt32?

  @Flag(inversion: .prefixedNo, help: "Take the examples in a new random order each epoch (default: --shuffle).")
  var shuffle: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Turn, lean, stretch and move each picture a little, anew for each update (default: --no-augment).")
  var augment: Bool?

  func validate() throws {
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate takes a number above 0.")
    }
    for (name, value) in [("momentum", momentum), ("beta1", beta1), ("beta2", beta2)] {
      if let value, !(0..<1).contains(value) {
        throw ValidationError("--\(name) takes a number of at least 0 and below 1.")
      }
    }
    if let epsilon, !(epsilon > 0 && epsilon.isFinite) { throw ValidationError("--epsilon takes a number above 0.") }
    if let weightDecay, !(weightDecay >= 0 && weightDecay.isFinite) {
      throw ValidationError("--weight-decay takes a number of at least 0.")
    }
    let method = optimizer ?? .adam
    if momentum != nil, method != .momentum { throw ValidationError("--momentum goes with --optimizer momentum.") }
    if beta1 != nil || beta2 != nil || epsilon != nil, method != .adam, method != .adamw {
      throw ValidationError("--beta1, --beta2 and --epsilon go with --optimizer adam or adamw.")
    }
  }

  /// Puts what was given into `plan`.
  ///
  /// - Throws: `Failure` if a checkpoint's optimiser would be changed: its memory fits no other.
  func apply(to plan: inout TrainingPlan, isResumed: Bool) throws {
    if let optimizer, optimizer != plan.optimizer.method {
      guard !isResumed else {
        throw Failure.usage(
          "the checkpoint is of --optimizer \(plan.optimizer.method.rawValue), and can't go on with \(optimizer.rawValue)"
        )
      }
      plan.optimizer = Optimizer(optimizer)
    }
    if let batchSize {
      plan.batchSize = if case .count(let count) = batchSize { count } else { nil }
    }
    if let learningRate { plan.learningRate = learningRate }
    if let schedule { plan.schedule = schedule }
    if let momentum { plan.optimizer.momentum = momentum }
    if let beta1 { plan.optimizer.beta1 = beta1 }
    if let beta2 { plan.optimizer.beta2 = beta2 }
    if let epsilon { plan.optimizer.epsilon = epsilon }
    if let weightDecay { plan.optimizer.weightDecay = weightDecay }
    if let seed { plan.seed = seed }
    if let shuffle { plan.shuffles = shuffle }
    if let augment { plan.augments = augment }
  }
}

/// What is kept of training besides the model.
struct RecordOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the log there, tab-separated, a line an epoch or as --log-every says.", valueName: "file"),
    completion: .anyFile
  )
  var log: String?

  @Option(
    help: ArgumentHelp("A line of the log, or a point of the plot, every N updates, from the first.", valueName: "n"))
  var logEvery: Int?

  @Option(
    help: ArgumentHelp(
      "Draw the training curve there, a PNG or SVG by the ending, as training goes.", valueName: "file"),
    completion: .file(extensions: ["png", "svg"]))
  var plot: String?

  @Option(
    help: ArgumentHelp(
      "Save there what --resume needs, as training goes, at its end and when it is interrupted.", valueName: "file"),
    completion: .anyFile)
  var checkpoint: String?

  @Option(
    help: ArgumentHelp("Go on from a checkpoint, as if training had never stopped.", valueName: "file"),
    completion: .anyFile)
  var resume: String?

  /// The files that appear when they are complete.
  var outputs: [NamedFiles.Entry] { [("--plot", plot), ("--checkpoint", checkpoint)].filter { $0.1 != nil } }

  func validate() throws {
    if let logEvery, logEvery < 1 { throw ValidationError("--log-every takes a number of at least 1.") }
    if logEvery != nil, log == nil, plot == nil {
      throw ValidationError("--log-every needs --log FILE or --plot FILE.")
    }
    if let plot, PlotFile.Format(plot) == nil {
      throw ValidationError("--plot takes a name that ends in .png or .svg, not '\(plot)'.")
    }
    if checkpoint == "-" { throw ValidationError("--checkpoint takes the name of a file.") }
  }
}

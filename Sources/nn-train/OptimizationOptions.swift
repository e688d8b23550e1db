import ArgumentParser
import NNCommand
import NNCore

/// How each update is made. What isn't given is the optimiser's default, or the checkpoint's.
struct OptimizationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Examples an update, or full (default: 128).", valueName: "n|full"), completion: .list(["full"]))
  var batchSize: BatchSize?

  @Option(help: OptimizerSetting.learningRate.argumentHelp) var learningRate: Double?

  @Option(help: ArgumentHelp("sgd, momentum, adam or adamw (default: adam).", valueName: "name"))
  var optimizer: Optimizer.Method?

  @Option(help: OptimizerSetting.momentum.argumentHelp) var momentum: Double?

  @Flag(inversion: .prefixedNo, help: "Let momentum look ahead, as Nesterov's does (default: --no-nesterov).")
  var nesterov: Bool?

  @Option(help: OptimizerSetting.beta1.argumentHelp) var beta1: Double?

  @Option(help: OptimizerSetting.beta2.argumentHelp) var beta2: Double?

  @Option(help: OptimizerSetting.epsilon.argumentHelp) var epsilon: Double?

  @Option(help: OptimizerSetting.weightDecay.argumentHelp) var weightDecay: Double?

  @Option(help: ArgumentHelp("Seed of shuffling and of the split for validation (default: 1).", valueName: "n"))
  var seed: UInt32?

  @Flag(inversion: .prefixedNo, help: "Take the examples in a new random order each epoch (default: --shuffle).")
  var shuffle: Bool?

  func validate() throws { try given.requireInRange() }

  private var given: GivenSettings {
    [
      (.learningRate, learningRate), (.momentum, momentum), (.beta1, beta1), (.beta2, beta2), (.epsilon, epsilon),
      (.weightDecay, weightDecay),
    ]
  }

  /// Puts what was given into `plan`.
  ///
  /// - Throws: `Failure` if a checkpoint's optimiser would be changed: its memory fits no other. `ValidationError` for
  ///   settings that the plan's optimiser doesn't have.
  func apply(to plan: inout TrainingPlan, isResumed: Bool) throws {
    if let optimizer, optimizer != plan.optimizer.method {
      guard !isResumed else {
        throw Failure.usage(
          "the checkpoint is of --optimizer \(plan.optimizer.method.rawValue), and can't go on with "
            + "\(optimizer.rawValue)"
        )
      }
      plan.optimizer = Optimizer(optimizer)
    }
    if let batchSize {
      plan.batchSize = if case .count(let count) = batchSize { count } else { nil }
    }
    let method = plan.optimizer.method
    if momentum != nil, method != .momentum { throw ValidationError("--momentum goes with --optimizer momentum.") }
    if nesterov == true, method != .momentum { throw ValidationError("--nesterov goes with --optimizer momentum.") }
    if beta1 != nil || beta2 != nil || epsilon != nil, method != .adam, method != .adamw {
      throw ValidationError("--beta1, --beta2 and --epsilon go with --optimizer adam or adamw.")
    }
    given.apply(to: &plan)
    if let nesterov { plan.optimizer.nesterov = nesterov }
    if let seed { plan.seed = seed }
    if let shuffle { plan.shuffles = shuffle }
  }
}

import ArgumentParser
import NNCommand
import NNCore

/// How the learning rate changes as training goes on. An option left out keeps the default, or the checkpoint's value.
struct ScheduleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the learning rate changes: constant, linear, cosine, step or one-cycle (default: constant).",
      valueName: "name"))
  var schedule: Schedule?

  @Option(
    help: ArgumentHelp(
      "Let the learning rate go up at first, for so many epochs or that share of training, such as 10%.",
      valueName: "epochs|share"))
  var warmup: Warmup?

  @Option(help: OptimizerSetting.stepEpochs.argumentHelp) var stepEpochs: Double?

  @Option(help: OptimizerSetting.stepFactor.argumentHelp) var stepFactor: Double?

  func validate() throws { try given.requireInRange() }

  private var given: GivenSettings { [(.stepEpochs, stepEpochs), (.stepFactor, stepFactor)] }

  /// Puts what was given into `plan`.
  ///
  /// - Throws: `ValidationError` for settings that the plan's schedule doesn't have.
  func apply(to plan: inout TrainingPlan) throws {
    if let schedule { plan.schedule = schedule }
    if !given.isEmpty, plan.schedule != .step {
      throw ValidationError("--step-epochs and --step-factor go with --schedule step.")
    }
    if let warmup { plan.warmup = warmup }
    given.apply(to: &plan)
  }
}

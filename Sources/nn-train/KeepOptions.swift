import ArgumentParser
import NNCommand
import NNCore

/// What validation decides: which epoch's parameters are written, and when training has done enough. An option left out
/// keeps the default, or the checkpoint's value.
struct KeepOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the epoch with the best validation loss (best) or best-accuracy, or the last (default: last).",
      valueName: "name"))
  var keep: Keeping?

  @Option(help: ArgumentHelp("End after N epochs without a better validation.", valueName: "n"))
  var patience: Int?

  @Option(help: ArgumentHelp("End as soon as the validation accuracy is X, such as 0.98.", valueName: "x"))
  var targetAccuracy: Double?

  func validate() throws {
    if let patience, patience < 1 { throw ValidationError("--patience takes a number of at least 1.") }
    if let targetAccuracy, !(targetAccuracy > 0 && targetAccuracy <= 1) {
      throw ValidationError("--target-accuracy takes a number above 0 and at most 1.")
    }
  }

  /// Puts what was given into `plan`.
  ///
  /// - Throws: `Failure` if the plan goes by validation and there is none.
  func apply(to plan: inout TrainingPlan, validates: Bool) throws {
    if let keep { plan.keep = keep }
    if let patience { plan.patience = patience }
    if let targetAccuracy { plan.targetAccuracy = targetAccuracy }
    guard !validates else { return }
    if plan.keep != .last { throw Failure.usage("--keep \(plan.keep.rawValue) needs --validation") }
    if plan.patience != nil { throw Failure.usage("--patience needs --validation") }
    if plan.targetAccuracy != nil { throw Failure.usage("--target-accuracy needs --validation") }
  }
}

extension EarlyEnd {
  /// Why training ended, as the model's metadata tells it.
  var name: String {
    switch self {
    case .interruption: "interruption"
    case .timeLimit: "time limit"
    case .patience: "patience"
    case .targetAccuracy: "target accuracy"
    }
  }
}

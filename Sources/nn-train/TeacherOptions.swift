import ArgumentParser
import NNCommand
import NNCore

/// Networks to learn from beside the labels. An option left out keeps the default, or the checkpoint's value.
struct TeacherOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Learn from what that model says of each picture, too; from the mean of several if given again.",
      valueName: "model"),
    completion: .safetensors)
  var teacher: [String] = []

  @Option(help: OptimizerSetting.teacherTemperature.argumentHelp) var teacherTemperature: Double?

  @Option(help: OptimizerSetting.teacherWeight.argumentHelp) var teacherWeight: Double?

  func validate() throws {
    try given.requireInRange()
    if teacher.isEmpty, !given.isEmpty {
      throw ValidationError("--teacher-temperature and --teacher-weight need --teacher MODEL.")
    }
  }

  private var given: GivenSettings {
    [(.teacherTemperature, teacherTemperature), (.teacherWeight, teacherWeight)]
  }

  /// Puts what was given into `plan`.
  ///
  /// - Parameter teachers: the networks that were named.
  /// - Throws: `Failure` if `plan` is a checkpoint's, and other networks taught before, or if it is a model's that was
  ///   taught, and no teachers were named.
  func apply(to plan: inout TrainingPlan, _ teachers: Ensemble?, isResumed: Bool) throws {
    given.apply(to: &plan)
    let digests = teachers?.networks.map(\.digest) ?? []
    if isResumed, digests != plan.teaching.digests {
      throw Failure.usage(
        digests.isEmpty
          ? "the checkpoint was taught: name the same models by --teacher"
          : "--teacher names other models than the checkpoint was taught by")
    }
    if digests.isEmpty, !plan.teaching.digests.isEmpty {
      throw Failure.usage("the model of --like was taught: name the same teachers by --teacher")
    }
    plan.teaching.digests = digests
  }

  /// Reads the models.
  ///
  /// - Throws: `FileError` for the files, and if one of them takes other inputs or knows other classes than `network`.
  func teachers(of network: Network, _ operands: Operands) throws -> Ensemble? {
    guard !teacher.isEmpty else { return nil }
    let models = try teacher.map { try operands.model($0) }
    for (teacher, name) in models {
      guard teacher.inputCount == network.inputCount, teacher.classes == network.classes else {
        throw FileError(
          .badData, file: name,
          "takes \(teacher.inputCount) inputs and knows the classes \(teacher.classes.joined(separator: " ")); the "
            + "model to teach takes \(network.inputCount) and knows \(network.classes.joined(separator: " "))")
      }
    }
    return try Ensemble(models)
  }
}

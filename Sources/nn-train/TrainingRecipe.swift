import NNCommand
import NNCore

/// How a model was trained, as its metadata tells it.
struct TrainingRecipe {
  let plan: TrainingPlan
  private let engine: NNTrain.EngineName
  /// The share of the data that was kept for validation; nil if none was.
  private let validationShare: Double?

  /// - Throws: `FileError` of kind `badData` if the model doesn't tell all of it.
  init(of model: (network: Network, name: String)) throws {
    let fields = MetadataFields(
      model.network.training, prefix: Network.trainingPrefix, file: model.name,
      lack: "it doesn't tell all settings of its training")
    var plan = try TrainingPlan(fields)
    plan.length = try fields.required("length", TrainingPlan.Length.init)
    self.plan = plan
    engine = try fields.required("engine", NNTrain.EngineName.init)
    validationShare = try fields.optional("validation") { text in
      Double(text).flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
    }
  }

  /// The command with what the plan doesn't tell put in where it wasn't given.
  func completing(_ command: NNTrain) -> NNTrain {
    var command = command
    command.engine = command.engine ?? engine
    command.validation = command.validation ?? validationShare.map(ValidationSource.fraction)
    return command
  }
}

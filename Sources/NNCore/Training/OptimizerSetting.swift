/// A number that tells the optimiser how to update: one row for its name, its place in the plan, its range and its
/// help. The option of nn-train, the entry of a checkpoint and the model's metadata follow from the row.
package struct OptimizerSetting: Sendable {
  /// The name of the checkpoint's entry and the metadata. With `-` in place of `_` it is the option's name.
  package let name: String
  package let keyPath: WritableKeyPath<TrainingPlan, Double> & Sendable
  package let range: Range
  /// What `--help` says of the option.
  package let help: String
  /// What it is in checkpoints and models that don't tell it; nil if they always tell it.
  package var omitted: Double?

  /// The numbers that a setting may have.
  package enum Range: String, Sendable {
    case positive = "a number above 0"
    case notNegative = "a number of at least 0"
    case share = "a number of at least 0 and below 1"
    case upToOne = "a number of at least 0 and at most 1"

    package func contains(_ value: Double) -> Bool {
      switch self {
      case .positive: value > 0 && value.isFinite
      case .notNegative: value >= 0 && value.isFinite
      case .share: value >= 0 && value < 1
      case .upToOne: value >= 0 && value <= 1
      }
    }
  }

  package static let learningRate = OptimizerSetting(
    name: "learning_rate", keyPath: \.learningRate, range: .positive, help: "Learning rate (default: 0.001).")
  package static let momentum = OptimizerSetting(
    name: "momentum", keyPath: \.optimizer.momentum, range: .share,
    help: "Share of the last step kept, for momentum (default: 0.9).")
  package static let beta1 = OptimizerSetting(
    name: "beta1", keyPath: \.optimizer.beta1, range: .share,
    help: "Decay of the first moment, for adam and adamw (default: 0.9).")
  package static let beta2 = OptimizerSetting(
    name: "beta2", keyPath: \.optimizer.beta2, range: .share,
    help: "Decay of the second moment, for adam and adamw (default: 0.999).")
  package static let epsilon = OptimizerSetting(
    name: "epsilon", keyPath: \.optimizer.epsilon, range: .positive,
    help: "Added to the divisor, for adam and adamw (default: 1e-8).")
  package static let weightDecay = OptimizerSetting(
    name: "weight_decay", keyPath: \.optimizer.weightDecay, range: .notNegative,
    help: "Weight decay (L2) of all parameters (default: 0; 0.01 for adamw).")

  package static let stepEpochs = OptimizerSetting(
    name: "step_epochs", keyPath: \.stepEpochs, range: .positive,
    help: "Epochs between two drops of the learning rate, for the schedule step (default: 3).", omitted: 3)
  package static let stepFactor = OptimizerSetting(
    name: "step_factor", keyPath: \.stepFactor, range: .positive,
    help: "Factor of each drop, for the schedule step (default: 0.1).", omitted: 0.1)
  package static let clipNorm = OptimizerSetting(
    name: "clip_norm", keyPath: \.regularization.clipNorm, range: .positive,
    help: "Cut each update's gradient to that norm.", omitted: .infinity)
  package static let maxNorm = OptimizerSetting(
    name: "max_norm", keyPath: \.regularization.maxNorm, range: .positive,
    help: "Cut the norm of each neuron's incoming weights to that after each update.", omitted: .infinity)
  package static let labelSmoothing = OptimizerSetting(
    name: "label_smoothing", keyPath: \.regularization.labelSmoothing, range: .share,
    help: "Share of each target that goes to all classes alike (default: 0).", omitted: 0)
  package static let average = OptimizerSetting(
    name: "average", keyPath: \.regularization.average, range: .share,
    help: "Validate and write the moving average of the parameters with that decay, such as 0.999.", omitted: 0)
  package static let inputDropout = OptimizerSetting(
    name: "input_dropout", keyPath: \.regularization.inputDropout, range: .share,
    help: "Share of the inputs that each update leaves out (default: 0).", omitted: 0)

  package static let teacherTemperature = OptimizerSetting(
    name: "teacher_temperature", keyPath: \.teaching.temperature, range: .positive,
    help: "Divisor of the logits before they are compared with a teacher's (default: 2).", omitted: 2)
  package static let teacherWeight = OptimizerSetting(
    name: "teacher_weight", keyPath: \.teaching.weight, range: .upToOne,
    help: "Share of the loss that goes by the teachers, the rest by the labels (default: 0.9).", omitted: 0.9)

  /// The settings that the optimiser itself has.
  package static let ofOptimizer = [momentum, beta1, beta2, epsilon, weightDecay]
  package static let all = [learningRate] + ofOptimizer
  /// The settings that checkpoints and models tell only where they differ from what they are if omitted, so that
  /// training without them makes the files of versions that didn't know them.
  package static let optional = [
    stepEpochs, stepFactor, clipNorm, maxNorm, labelSmoothing, average, inputDropout,
    teacherTemperature, teacherWeight,
  ]

  /// Whether `plan` has another value than the default that checkpoints leave out.
  package func isTold(by plan: TrainingPlan) -> Bool { plan[keyPath: keyPath] != omitted }
}

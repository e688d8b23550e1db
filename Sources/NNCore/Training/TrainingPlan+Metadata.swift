// A plan as checkpoints and trained models tell it. The length stands apart, since training from a checkpoint may go on
// for longer.

extension TrainingPlan {
  /// All settings but the length, by name. One that differs from its default only by choice is told only where it
  /// does, so that training without it makes the checkpoint of a version that didn't know it.
  package var entries: [(name: String, value: String)] {
    func entry(_ setting: OptimizerSetting) -> (String, String) { (setting.name, "\(self[keyPath: setting.keyPath])") }
    return [
      ("batch_size", batchSize.map(String.init) ?? "full"), entry(.learningRate), ("schedule", schedule.rawValue),
      ("seed", "\(seed)"), ("shuffle", "\(shuffles)"), ("augment", "\(augmentation)"),
      ("optimizer", optimizer.method.rawValue),
    ] + OptimizerSetting.ofOptimizer.map(entry)
      + OptimizerSetting.optional.filter { $0.isTold(by: self) }.map(entry) + optionalEntries
  }

  private var optionalEntries: [(String, String)] {
    let digests = teaching.digests.isEmpty ? nil : teaching.digests.joined(separator: " ")
    let entries = [
      ("warmup", warmup.map { "\($0)" }), ("nesterov", optimizer.nesterov ? "true" : nil),
      ("class_weights", regularization.classWeights.map { "\($0)" }),
      ("dropout", regularization.dropout.isEmpty ? nil : regularization.dropoutText), ("teachers", digests),
      ("keep", keep == .last ? nil : keep.rawValue), ("patience", patience.map { "\($0)" }),
      ("target_accuracy", targetAccuracy.map { "\($0)" }),
    ]
    return entries.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Reads `entries`; the length stays the default.
  ///
  /// - Throws: `FileError` of kind `badData` for a setting that is not there or not sound.
  package init(_ fields: MetadataFields) throws {
    optimizer = Optimizer(try fields.required("optimizer", Optimizer.Method.init(rawValue:)))
    for setting in OptimizerSetting.all { self[keyPath: setting.keyPath] = try fields.required(setting) }
    for setting in OptimizerSetting.optional {
      if let value = try fields.optional(setting) { self[keyPath: setting.keyPath] = value }
    }
    warmup = try fields.optional("warmup", Warmup.init)
    optimizer.nesterov = try fields.optional("nesterov") { Bool($0) } ?? false
    regularization.classWeights = try fields.optional("class_weights", ClassWeights.init)
    regularization.dropout = try fields.optional("dropout", Regularization.dropout) ?? []
    batchSize = try fields.required("batch_size") { text -> Int?? in
      text == "full" ? .some(nil) : Self.positive(text).map { .some($0) }
    }
    schedule = try fields.required("schedule", Schedule.init(rawValue:))
    seed = try fields.required("seed") { UInt32($0) }
    shuffles = try fields.required("shuffle") { Bool($0) }
    // Checkpoints of earlier versions lack it, and so do models whose pictures were taken as they are.
    augmentation = try fields.optional("augment", AugmentationKind.init) ?? .none
    teaching.digests = try fields.optional("teachers") { $0.split(separator: " ").map(String.init) } ?? []
    keep = try fields.optional("keep", Keeping.init) ?? .last
    patience = try fields.optional("patience", Self.positive)
    targetAccuracy = try fields.optional("target_accuracy") { text in
      Double(text).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
    }
  }

  private static func positive(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 ? $0 : nil } }
}

extension TrainingPlan.Length: CustomStringConvertible {
  /// Parses a `description`; nil for any other text.
  package init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, let count = Int(words[0]), count > 0 else { return nil }
    switch words[1] {
    case "epochs": self = .epochs(count)
    case "iterations": self = .iterations(count)
    default: return nil
    }
  }

  /// The number and its unit, such as `10 epochs`.
  package var description: String {
    switch self {
    case .epochs(let count): "\(count) epochs"
    case .iterations(let count): "\(count) iterations"
    }
  }
}

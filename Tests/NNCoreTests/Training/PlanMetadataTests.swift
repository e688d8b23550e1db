import NNCore
import Testing

/// A plan as metadata tells it.
struct PlanMetadataTests {
  private func read(_ entries: [(name: String, value: String)]) throws -> TrainingPlan {
    var metadata = Safetensors.Metadata()
    metadata.entries = entries
    return try TrainingPlan(MetadataFields(metadata, prefix: "p.", file: "f", lack: "none"))
  }

  /// Every setting away from its default.
  private var rich: TrainingPlan {
    var plan = TrainingPlan()
    plan.optimizer = Optimizer(.momentum)
    for (index, setting) in (OptimizerSetting.all + OptimizerSetting.optional).enumerated() {
      plan[keyPath: setting.keyPath] = (Double(index) + 1) / 30
    }
    (plan.batchSize, plan.schedule, plan.warmup, plan.optimizer.nesterov) = (nil, .oneCycle, .percent(12.5), true)
    plan.regularization.classWeights = .list([1, 0.1, 2])
    (plan.regularization.dropout, plan.teaching.digests) = ([0.1, 0.2], ["0123abcd", "deadbeef"])
    (plan.keep, plan.patience, plan.targetAccuracy) = (.bestAccuracy, 4, 0.97)
    (plan.seed, plan.shuffles, plan.augmentation) = (7, false, AugmentationKind([.affine, .thickness]))
    return plan
  }

  @Test func readingGivesWhatWasWritten() throws {
    for plan in [TrainingPlan(), rich] { #expect(try read(plan.entries) == plan) }
    #expect(Set(rich.entries.map(\.name)).count == rich.entries.count)
  }

  /// What versions without the optional settings wrote.
  @Test func defaultsAreToldAsEver() {
    #expect(
      TrainingPlan().entries.map { "\($0.name)=\($0.value)" } == [
        "batch_size=128", "learning_rate=0.001", "schedule=constant", "seed=1", "shuffle=true", "augment=false",
        "optimizer=adam", "momentum=0.9", "beta1=0.9", "beta2=0.999", "epsilon=1e-08", "weight_decay=0.0",
      ])
  }

  @Test func eachSettingIsHeldToItsValues() throws {
    for (index, entry) in rich.entries.enumerated() where entry.name != "teachers" {
      var entries = rich.entries
      entries[index].value = "?"
      expectFault("metadata 'p.\(entry.name)' is '?'") { try read(entries) }
    }
    expectFault("is a model without 'p.seed': none") { try read(rich.entries.filter { $0.name != "seed" }) }
  }

  @Test func lengths() {
    for length in [TrainingPlan.Length.epochs(10), .iterations(1)] {
      #expect(TrainingPlan.Length("\(length)") == length)
    }
    for text in ["", "10", "0 epochs", "-1 epochs", "ten epochs", "3 steps", "3  epochs", "3 epochs "] {
      #expect(TrainingPlan.Length(text) == nil)
    }
  }
}

import NNCommand
import NNCore

extension Trainer {
  /// What the metadata of the trained model tells of its training.
  func summary(engine: NNTrain.EngineName, _ end: EarlyEnd?) -> Safetensors.Metadata {
    var summary = Safetensors.Metadata()
    summary["tool"] = NNTrain.signature
    summary["engine"] = engine.rawValue
    summary["examples"] = "\(exampleCount)"
    summary["steps"] = "\(position.step)"
    summary["optimizer"] = plan.optimizer.method.rawValue
    for setting in OptimizerSetting.all where setting.isInModel {
      summary[setting.name] = "\(plan[keyPath: setting.keyPath])"
    }
    summary["schedule"] = plan.schedule.rawValue
    summary["warmup"] = plan.warmup.map { "\($0)" }
    for setting in OptimizerSetting.optional where setting.isTold(by: plan) {
      summary[setting.name] = "\(plan[keyPath: setting.keyPath])"
    }
    if plan.optimizer.nesterov { summary["nesterov"] = "true" }
    summary["class_weights"] = plan.regularization.classWeights.map { "\($0)" }
    if !plan.regularization.dropout.isEmpty { summary["dropout"] = plan.regularization.dropoutText }
    if !plan.teaching.digests.isEmpty { summary["teachers"] = plan.teaching.digests.joined(separator: " ") }
    summary["batch_size"] = plan.batchSize.map(String.init) ?? "full"
    summary["seed"] = "\(plan.seed)"
    if plan.augmentation != .none { summary["augment"] = "\(plan.augmentation)" }
    if let last {
      summary["epochs"] = "\(last.epoch)"
      summary["loss"] = "\(last.training.loss)"
      summary["accuracy"] = "\(last.training.accuracy)"
      summary["validation_loss"] = last.validation.map { "\($0.loss)" }
      summary["validation_accuracy"] = last.validation.map { "\($0.accuracy)" }
    }
    if plan.keep != .last { summary["keep"] = plan.keep.rawValue }
    if let kept {
      summary["kept_epoch"] = "\(kept.epoch)"
      summary["validation_loss"] = "\(kept.validation.loss)"
      summary["validation_accuracy"] = "\(kept.validation.accuracy)"
    }
    summary["ended"] = end?.name
    return summary
  }
}

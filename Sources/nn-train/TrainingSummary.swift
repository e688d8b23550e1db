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
    if end == .timeLimit { summary["ended"] = "time limit" }
    return summary
  }
}

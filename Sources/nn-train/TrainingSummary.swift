import NNCommand
import NNCore

extension Trainer {
  /// What the metadata of the trained model tells of its training: all that determines the result, and how it went.
  func summary(of command: NNTrain, _ end: EarlyEnd?) -> Safetensors.Metadata {
    var summary = Safetensors.Metadata()
    summary["tool"] = NNTrain.signature
    summary["engine"] = command.chosenEngine.rawValue
    summary["examples"] = "\(exampleCount)"
    summary["steps"] = "\(position.step)"
    summary["length"] = "\(plan.length)"
    if case .fraction(let share) = command.validation { summary["validation"] = "\(share)" }
    for (name, value) in plan.entries { summary[name] = value }
    if plan.augmentation == .none { summary["augment"] = nil }
    if let last = position.last {
      summary["epochs"] = "\(last.epoch)"
      summary["loss"] = "\(last.training.loss)"
      summary["accuracy"] = "\(last.training.accuracy)"
      summary["validation_loss"] = last.validation.map { "\($0.loss)" }
      summary["validation_accuracy"] = last.validation.map { "\($0.accuracy)" }
    }
    if let kept {
      summary["kept_epoch"] = "\(kept.epoch)"
      summary["validation_loss"] = "\(kept.validation.loss)"
      summary["validation_accuracy"] = "\(kept.validation.accuracy)"
    }
    summary["ended"] = end?.name
    return summary
  }
}

import NNCore

/// A measure of an evaluation that isn't of one class: a line of the metrics, and a column of `--each`, in its order.
enum OverallMeasure: String, CaseIterable {
  case examples
  case accuracy
  case accuracyLow = "accuracy_low"
  case accuracyHigh = "accuracy_high"
  case loss
  case calibrationError = "calibration_error"
  case macroPrecision = "macro_precision"
  case macroRecall = "macro_recall"
  case macroF1 = "macro_f1"

  func value(of evaluation: Evaluation) -> String {
    switch self {
    case .examples: "\(evaluation.score.count)"
    case .accuracy: "\(evaluation.score.accuracy)"
    case .accuracyLow: "\(evaluation.accuracyInterval.low)"
    case .accuracyHigh: "\(evaluation.accuracyInterval.high)"
    case .loss: "\(evaluation.score.loss)"
    case .calibrationError: "\(evaluation.calibration.error)"
    case .macroPrecision: "\(evaluation.macroAverage(\.precision))"
    case .macroRecall: "\(evaluation.macroAverage(\.recall))"
    case .macroF1: "\(evaluation.macroAverage(\.f1))"
    }
  }
}

import NNCommand
import NNCore

/// Evaluations as tables for a person at a terminal, with as many digits as one reads.
struct EvaluationTable {
  /// Columns of the terminal.
  let width: Int
  /// What stands between the ends of an interval.
  let dash: String

  init(width: Int, isUnicode: Bool) {
    (self.width, dash) = (width, isUnicode ? "–" : "-")
  }

  /// The key figures, then a line a class.
  func metrics(_ evaluation: Evaluation) -> [String] {
    let figures = [
      ("examples", "\(evaluation.score.count)"),
      ("accuracy", "\(Self.digits(evaluation.score.accuracy)) (95 % \(interval(evaluation)))"),
      ("loss", Self.digits(evaluation.score.loss)), ("calibration error", Self.digits(evaluation.calibration.error)),
    ]
    let nameWidth = figures.map(\.0.count).max() ?? 0
    return figures.map { $0.0 + String(repeating: " ", count: nameWidth - $0.0.count + 2) + $0.1 } + [""]
      + classes(evaluation)
  }

  private func classes(_ evaluation: Evaluation) -> [String] {
    var rows = [["class", "precision", "recall", "F1", "support"]]
    for (index, name) in evaluation.classes.enumerated() {
      let measures = evaluation.measures(of: index)
      rows.append(
        [name] + [measures.precision, measures.recall, measures.f1].map(Self.digits) + ["\(measures.support)"])
    }
    rows += [[], ["macro average"] + Self.averages(evaluation) + ["\(evaluation.score.count)"]]
    return TextTable(rows).lines(width: width)
  }

  /// A line a model.
  func models(_ evaluations: [(evaluation: Evaluation, name: String)]) -> [String] {
    let header = ["model", "accuracy", "95 % interval", "loss", "calibration error", "precision", "recall", "F1"]
    let rows = evaluations.map { evaluation, name in
      let (score, error) = (evaluation.score, evaluation.calibration.error)
      return [name, Self.digits(score.accuracy), interval(evaluation), Self.digits(score.loss), Self.digits(error)]
        + Self.averages(evaluation)
    }
    let count = evaluations.first?.evaluation.score.count ?? 0
    return ["\(count) examples; precision, recall and F1 are macro averages", ""]
      + TextTable([header] + rows).lines(width: width)
  }

  /// Two models, and which of them is better.
  func comparison(_ first: (evaluation: Evaluation, name: String), _ second: (evaluation: Evaluation, name: String))
    -> [String]
  {
    let test = first.evaluation.compared(with: second.evaluation)
    let header = ["model", "accuracy", "95 % interval", "only this one is right"]
    let rows = [(first, test.onlyFirst), (second, test.onlySecond)].map { model, count in
      [model.name, Self.digits(model.evaluation.score.accuracy), interval(model.evaluation), "\(count)"]
    }
    return ["\(first.evaluation.score.count) examples", ""] + TextTable([header] + rows).lines(width: width)
      + [""] + verdict(test, names: (first.name, second.name))
  }

  private func verdict(_ test: McNemarTest, names: (String, String)) -> [String] {
    let better =
      test.onlyFirst == test.onlySecond
      ? "neither" : (test.onlyFirst > test.onlySecond ? names.0 : names.1).withoutControls
    let chance = test.pValue < 0.05 ? "hardly chance" : "may be chance"
    return ["better   \(better)", "p-value  \(Self.digits(test.pValue)) (McNemar's exact test: \(chance))"]
  }

  /// The confusion matrix, a row a true class.
  func confusion(_ evaluation: Evaluation) -> [String] {
    let rows = zip(evaluation.classes, evaluation.confusion).map { [$0] + $1.map(String.init) }
    return TextTable([["true \\ given"] + evaluation.classes] + rows).lines(width: width)
  }

  private func interval(_ evaluation: Evaluation) -> String {
    let interval = evaluation.accuracyInterval
    return "\(Self.digits(interval.low))\(dash)\(Self.digits(interval.high))"
  }

  private static func averages(_ evaluation: Evaluation) -> [String] {
    [\ClassMeasures.precision, \.recall, \.f1].map { digits(evaluation.macroAverage($0)) }
  }

  /// Four digits after the point, which is a hundredth of a percent; of less than that, the power of ten.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite, value != 0, value.magnitude < 0.00005 else { return value.fixed(4) }
    // 9.96e-6 is 1.0e-5 with one digit.
    let power = Int(log10(value.magnitude * 1.005).rounded(.down))
    return "\((value / pow(10, Double(power))).fixed(1))e\(power)"
  }
}

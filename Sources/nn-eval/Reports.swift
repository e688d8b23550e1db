import NNCommand
import NNCore

// An evaluation as lines for programs.

extension Evaluation {
  var metrics: [(name: String, value: String)] {
    func lines(_ measures: [OverallMeasure]) -> [(String, String)] {
      measures.map { ($0.rawValue, $0.value(of: self)) }
    }
    // What later versions added comes at the end, so that scripts that count lines go on working.
    let first: [OverallMeasure] = [.examples, .accuracy, .loss, .calibrationError]
    let ofClasses = classes.enumerated().flatMap { index, name in
      let measures = self.measures(of: index)
      return [
        ("precision.\(name)", "\(measures.precision)"), ("recall.\(name)", "\(measures.recall)"),
        ("f1.\(name)", "\(measures.f1)"),
      ]
    }
    let support = classes.enumerated().map { index, name in ("support.\(name)", "\(measures(of: index).support)") }
    return lines(first) + ofClasses + lines(OverallMeasure.allCases.filter { !first.contains($0) }) + support
  }

  /// The header of a table of models.
  static var tableHeader: String { (["model"] + OverallMeasure.allCases.map(\.rawValue)).joined(separator: "\t") }

  /// The line of a model in a table of models.
  func tableLine(of model: String) -> String {
    ([model.tabSeparatedField] + OverallMeasure.allCases.map { $0.value(of: self) }).joined(separator: "\t")
  }

  /// The comparison with another model, a name and a value a line.
  func comparisonLines(with other: Evaluation, names: [String]) -> [String] {
    let test = compared(with: other)
    let better = test.onlyFirst == test.onlySecond ? "-" : names[test.onlyFirst > test.onlySecond ? 0 : 1]
    return [
      ("examples", "\(score.count)"), ("accuracy_first", "\(score.accuracy)"),
      ("accuracy_second", "\(other.score.accuracy)"), ("only_first", "\(test.onlyFirst)"),
      ("only_second", "\(test.onlySecond)"), ("p_value", "\(test.pValue)"), ("better", better.tabSeparatedField),
    ].map { "\($0)\t\($1)" }
  }

  var confusionLines: [String] {
    let header = (["true"] + classes).joined(separator: "\t")
    return [header]
      + classes.indices.map { label in
        ([classes[label]] + confusion[label].map(String.init)).joined(separator: "\t")
      }
  }

  var errorLines: [String] {
    errors.map { "\($0.index)\t\(classes[$0.label])\t\(classes[$0.prediction])\t\($0.probability)" }
  }

  func json(model: String?) -> JSON {
    var members: [JSON.Member] = model.map { [.init("model", .string($0))] } ?? []
    members += [
      .init("examples", JSON(score.count)), .init("accuracy", JSON(score.accuracy)), .init("loss", JSON(score.loss)),
      .init("calibration_error", JSON(calibration.error)), .init("accuracy_low", JSON(accuracyInterval.low)),
      .init("accuracy_high", JSON(accuracyInterval.high)), .init("macro_precision", JSON(macroAverage(\.precision))),
      .init("macro_recall", JSON(macroAverage(\.recall))), .init("macro_f1", JSON(macroAverage(\.f1))),
    ]
    members.append(
      .init(
        "classes",
        .array(
          classes.indices.map { index in
            let measures = self.measures(of: index)
            return .object([
              .init("name", .string(classes[index])), .init("precision", JSON(measures.precision)),
              .init("recall", JSON(measures.recall)), .init("f1", JSON(measures.f1)),
              .init("support", JSON(measures.support)),
            ])
          })))
    members.append(
      .init(
        "calibration",
        .array(
          calibration.bins.map {
            .object([
              .init("count", JSON($0.count)), .init("confidence", JSON($0.confidence)),
              .init("accuracy", JSON($0.accuracy)),
            ])
          })))
    members.append(.init("confusion", .array(confusion.map { .array($0.map { JSON($0) }) })))
    members.append(
      .init(
        "errors",
        .array(
          errors.map {
            .object([
              .init("index", JSON($0.index)), .init("label", .string(classes[$0.label])),
              .init("prediction", .string(classes[$0.prediction])), .init("probability", JSON($0.probability)),
            ])
          })))
    return .object(members)
  }
}

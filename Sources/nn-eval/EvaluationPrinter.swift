import NNCommand
import NNCore

/// Prints evaluations, a model after the other.
final class EvaluationPrinter {
  private let form: EvaluationForm
  private let output: Output
  private var count = 0

  init(_ form: EvaluationForm, output: Output) {
    (self.form, self.output) = (form, output)
  }

  /// - Parameters:
  ///   - model: the model's name.
  ///   - isOne: whether it is the only model, whose name is then left out, except in a table of models.
  func print(_ evaluation: Evaluation, of model: String, isOne: Bool) throws {
    for line in lines(evaluation, of: model, isOne: isOne) { try output.write(line: line) }
    try output.flush()
    count += 1
  }

  func end() throws {
    try output.commit()
  }

  private func lines(_ evaluation: Evaluation, of model: String, isOne: Bool) -> [String] {
    let heading = isOne ? [] : ["model\t\(model)"]
    switch form {
    case .metrics: return heading + evaluation.metrics.map { "\($0.name)\t\($0.value)" }
    case .each: return (count == 0 ? [Evaluation.tableHeader] : []) + [evaluation.tableLine(of: model)]
    case .confusion: return heading + evaluation.confusionLines
    case .errors: return heading + evaluation.errorLines
    case .json: return [evaluation.json(model: isOne ? nil : model).text]
    }
  }
}

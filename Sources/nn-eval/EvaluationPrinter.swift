import NNCommand
import NNCore

/// Prints evaluations: as lines for programs, or on a terminal as tables for a person.
final class EvaluationPrinter {
  typealias Named = (evaluation: Evaluation, name: String)

  private let form: EvaluationForm
  private let output: Output
  /// Nil for lines.
  private let table: EvaluationTable?
  /// What has been printed, or will be in one table.
  private var models: [Named] = []

  /// - Parameter path: as for `Output`. Only without it is a terminal given tables: `-` asks for lines.
  init(_ form: EvaluationForm, to path: String?) throws {
    output = try Output(path)
    self.form = form
    table = path == nil ? Terminal.columns.map { EvaluationTable(width: $0, isUnicode: Terminal().isUnicode) } : nil
  }

  /// - Parameters:
  ///   - name: the model's name.
  ///   - isOne: whether it is the only model, whose name is then left out, except in a table of models.
  func print(_ evaluation: Evaluation, of name: String, isOne: Bool) throws {
    let lines =
      table.map { tableLines(evaluation, of: name, isOne: isOne, $0) }
      ?? plainLines(evaluation, of: name, isOne: isOne)
    for line in lines { try output.write(line: line) }
    try output.flush()
    models.append((evaluation, name))
  }

  /// Prints the comparison of two models.
  func printComparison(_ first: Named, _ second: Named) throws {
    let lines =
      table?.comparison(first, second)
      ?? first.evaluation.comparisonLines(with: second.evaluation, names: [first.name, second.name])
    for line in lines { try output.write(line: line) }
  }

  func end() throws {
    if let table, form == .each {
      for line in table.models(models) { try output.write(line: line) }
    }
    try output.commit()
  }

  private func plainLines(_ evaluation: Evaluation, of name: String, isOne: Bool) -> [String] {
    let heading = isOne ? [] : ["model\t\(name)"]
    switch form {
    case .metrics: return heading + evaluation.metrics.map { "\($0.name)\t\($0.value)" }
    case .each: return (models.isEmpty ? [Evaluation.tableHeader] : []) + [evaluation.tableLine(of: name)]
    case .confusion: return heading + evaluation.confusionLines
    case .errors: return heading + evaluation.errorLines
    case .json: return [evaluation.json(model: isOne ? nil : name).text]
    }
  }

  private func tableLines(_ evaluation: Evaluation, of name: String, isOne: Bool, _ table: EvaluationTable)
    -> [String]
  {
    let heading = isOne ? [] : (models.isEmpty ? [] : [""]) + ["model \(name.withoutControls)", ""]
    switch form {
    case .metrics: return heading + table.metrics(evaluation)
    case .confusion: return heading + table.confusion(evaluation)
    case .each: return []
    case .errors, .json: return plainLines(evaluation, of: name, isOne: isOne)
    }
  }
}

import ArgumentParser
import NNCommand
import NNCore

/// The files for pictures and report, which can be written once they are made.
struct EvaluationPictures {
  private let confusion: Output?
  private let errors: Output?
  private let weights: Output?
  private let report: Output?
  private let logs: [TrainingComparison.Log]

  /// Makes sure that all can be drawn and written.
  ///
  /// - Throws: `Failure` if `errors` is asked for and the data holds no pictures; `FileError` for the
  ///   outputs.
  init(_ options: PictureOptions, data: Dataset, dataName: String, logs: [TrainingComparison.Log]) throws {
    if let file = options.errorsPng, case .features = data.inputs {
      throw Failure.usage("--errors-png \(file) is for pictures, and \(dataName) holds features")
    }
    confusion = try options.confusionPng.map { try Output($0) }
    errors = try options.errorsPng.map { try Output($0) }
    weights = try options.weightsPng.map { try Output($0) }
    report = try options.report.map { try Output($0) }
    self.logs = logs
  }

  /// Makes all, then writes all.
  ///
  /// - Parameter models: the models that were evaluated together; one model for a picture of weights.
  func write(
    _ evaluation: Evaluation, of models: [(network: Network, name: String)], on data: (dataset: Dataset, name: String)
  ) throws {
    var made: [(output: Output, content: Bytes)] = []
    if let confusion {
      made.append((confusion, ConfusionPicture(evaluation.confusion, classes: evaluation.classes).canvas.png))
    }
    if let errors { made.append((errors, try MistakeSheet(evaluation, of: data.dataset, named: data.name).canvas.png)) }
    if let weights { made.append((weights, try WeightTiles(models[0].network).canvas(of: models[0].name).png)) }
    if let report {
      let page = ReportPage(evaluation, of: models, on: data, logs: logs)
      made.append((report, Bytes(Array(page.html.utf8))))
    }
    for (output, content) in made { try output.commit(content) }
  }
}

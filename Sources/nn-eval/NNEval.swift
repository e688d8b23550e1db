import ArgumentParser
import NNCommand
import NNCore

@main
struct NNEval: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-eval",
    abstract: "Tell how well a network does on labelled data.",
    discussion: """
      Prints one "name<TAB>value" a line: examples, accuracy, loss, calibration error, then precision, recall and F1 of each class. Several \
      models are told one after the other, each after a line with its name.
      """,
    version: toolVersion)

  @Argument(help: ArgumentHelp("Models; standard input if there is none, or for -.", valueName: "model"))
  var models: [String] = []

  @Option(help: ArgumentHelp("Labelled data, as mnist-prepare writes it.", valueName: "file"))
  var data: String

  @Flag(help: "Print one JSON object a model, on a line, with all there is to tell.")
  var json = false

  @Flag(help: "Print the confusion matrix instead: a row a true class, a column a given one.")
  var confusion = false

  @Flag(help: "Print the mistakes instead: index, label, prediction, probability.")
  var errors = false

  @OptionGroup(title: "Pictures") var pictures: PictureOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard [json, confusion, errors].filter({ $0 }).count <= 1 else {
      throw ValidationError("--json, --confusion and --errors exclude each other; --json tells all three.")
    }
    if !pictures.files.isEmpty, models.count > 1 {
      throw ValidationError("Pictures and --report are of one model, and \(models.count) are named.")
    }
    if let output = common.output, pictures.files.contains(output) {
      throw ValidationError("--output and a picture or --report name the same file.")
    }
  }

  func execute() throws {
    let modelNames = self.models.isEmpty ? ["-"] : self.models
    let operands = try Operands(modelNames + [data] + (pictures.log.map { [$0] } ?? []))
    let (dataset, name) = try operands.dataset(data)
    let models = try modelNames.map { try operands.model($0) }
    for model in models { try model.network.requireFit(dataset, file: name, needsLabels: true) }
    let log = try pictures.log.map { try TrainingLog(reading: operands.open($0)) }
    let output = try Output(common.output)
    let files = try PictureFiles(pictures, data: dataset, dataName: name, log: log)
    let pool = threads.pool
    for model in models {
      let evaluation = Evaluation(model.network, on: dataset, pool: pool)
      try files.write(evaluation, of: model, on: (dataset, name))
      let lines = report(evaluation, model: models.count > 1 ? model.name : nil)
      for line in lines { try output.write(line: line) }
      try output.flush()
    }
    try output.commit()
  }

  private func report(_ evaluation: Evaluation, model: String?) -> [String] {
    if json { return [evaluation.json(model: model).text] }
    let heading = model.map { ["model\t\($0)"] } ?? []
    if confusion { return heading + evaluation.confusionLines }
    if errors { return heading + evaluation.errorLines }
    return heading + evaluation.metrics.map { "\($0.name)\t\($0.value)" }
  }
}

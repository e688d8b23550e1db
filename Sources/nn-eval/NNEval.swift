import ArgumentParser
import NNCommand
import NNCore

@main
struct NNEval: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-eval",
    abstract: "Tell how well a network does on labelled data.",
    discussion: """
      Prints one "name<TAB>value" a line: examples, accuracy, loss, calibration error, then precision, recall and F1 \
      of each class, and more. Several models are told one after the other, each after a line with its name. A \
      terminal gets a table.
      """,
    version: toolVersion)

  @Argument(
    help: ArgumentHelp("Models; standard input if there is none, or for -.", valueName: "model"),
    completion: .safetensors)
  var models: [String] = []

  @Option(help: ArgumentHelp("Labelled data, as mnist-prepare writes it.", valueName: "file"), completion: .safetensors)
  var data: String?

  @Flag(help: "Print one JSON object a model, on a line, with all there is to tell.")
  var json = false

  @Flag(help: "Print the confusion matrix instead: a row a true class, a column a given one.")
  var confusion = false

  @Flag(help: "Print the mistakes instead: index, label, prediction, probability.")
  var errors = false

  @Flag(help: "Print a table of all models instead: a header, then a line a model.")
  var each = false

  @Flag(help: "Tell of all models together, as an ensemble: a probability is the mean of theirs.")
  var ensemble = false

  @Flag(help: "Compare two models instead: which is better, and is it chance (McNemar's exact test).")
  var compare = false

  @Flag(help: "Fit the model's temperature on the data, and write the model with it instead of telling of it.")
  var calibrate = false

  @Flag(help: "Print what the model tells of itself instead: its shape, and how it was trained; without --data.")
  var show = false

  @OptionGroup(title: "Pictures") var pictures: PictureOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  var files: NamedFiles { NamedFiles(outputs: [("-o", common.output)] + pictures.outputs) }

  func execute() throws {
    let modelNames = self.models.isEmpty ? ["-"] : self.models
    guard let data else { return try show(modelNames) }
    let operands = try Operands(modelNames + [data] + pictures.log)
    let (dataset, name) = try operands.dataset(data)
    let models = try modelNames.map { try operands.model($0) }
    for model in models { try model.network.requireCompatible(dataset, file: name, needsLabels: true) }
    if calibrate { return try calibrate(models[0].network, on: dataset) }
    if compare { return try compare(models, on: dataset) }
    let evaluated = ensemble ? [(try Ensemble(models), models)] : models.map { (Ensemble($0.network), [$0]) }
    let logs = try pictures.log.map { try operands.log($0) }
    let printer = try EvaluationPrinter(form, to: common.output)
    let files = try EvaluationPictures(pictures, data: dataset, dataName: name, logs: logs)
    let pool = threads.pool
    for (ensemble, members) in evaluated {
      let evaluation = Evaluation(ensemble, on: dataset, pool: pool)
      try files.write(evaluation, of: members, on: (dataset, name))
      try printer.print(evaluation, of: members[0].name, isOne: evaluated.count == 1)
    }
    try printer.end()
  }

  private var form: EvaluationForm {
    each ? .each : json ? .json : confusion ? .confusion : errors ? .errors : .metrics
  }

  private func compare(_ models: [(network: Network, name: String)], on dataset: Dataset) throws {
    let printer = try EvaluationPrinter(form, to: common.output)
    let evaluated = models.map { (Evaluation(Ensemble($0.network), on: dataset, pool: threads.pool), $0.name) }
    try printer.printComparison(evaluated[0], evaluated[1])
    try printer.end()
  }

  /// Writes the model with the temperature that the data asks for, and says on standard error what that changes.
  private func calibrate(_ network: Network, on dataset: Dataset) throws {
    let output = try Output(common.output, isBinary: true)
    let scaling = TemperatureScaling(of: network, on: dataset, at: 0..<dataset.count, pool: threads.pool)
    var network = network
    network.temperature = scaling.temperature
    try output.commit(network.file)
    Progress(quiet: common.quiet).line(
      "temperature \(scaling.temperature)  loss \(scaling.loss.fixed(4)), without it \(scaling.lossBefore.fixed(4))")
  }
}

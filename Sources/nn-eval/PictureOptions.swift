import ArgumentParser
import NNCommand
import NNCore

/// What is drawn of an evaluation, beside what is printed.
struct PictureOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Draw the confusion matrix there, as a PNG.", valueName: "file"), completion: .png)
  var confusionPng: String?

  @Option(
    help: ArgumentHelp("Draw the mistakes there, the most confident first, as a PNG.", valueName: "file"),
    completion: .png)
  var errorsPng: String?

  @Option(
    help: ArgumentHelp("Draw the weights of the first layer there, a tile a unit, as a PNG.", valueName: "file"),
    completion: .png)
  var weightsPng: String?

  @Option(
    help: ArgumentHelp("Write a page there that tells and shows all, for a browser.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var report: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A log of nn-train, for the training curve in --report; may be given again.", valueName: "file"),
    completion: .anyFile)
  var log: [String] = []

  /// The files that are asked for.
  var files: [String] { outputs.compactMap(\.path) }

  /// The files that are asked for, with their options.
  var outputs: [NamedFiles.Entry] {
    [
      ("--confusion-png", confusionPng), ("--errors-png", errorsPng), ("--weights-png", weightsPng),
      ("--report", report),
    ].filter { $0.1 != nil }
  }

  func validate() throws {
    for (name, file) in outputs where file == "-" || file == "" {
      throw ValidationError("\(name) takes the name of a file.")
    }
    if !log.isEmpty, report == nil { throw ValidationError("--log needs --report FILE.") }
    guard log.count <= TrainingComparison.maximumCount else {
      throw ValidationError(
        "--log may be given \(TrainingComparison.maximumCount) times, and is given \(log.count) times.")
    }
  }
}

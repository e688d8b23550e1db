import ArgumentParser
import NNCommand
import NNCore

/// What is kept of training besides the model.
struct RecordOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the log there, tab-separated, a line an epoch or as --log-every says.", valueName: "file"),
    completion: .anyFile
  )
  var log: String?

  @Option(
    help: ArgumentHelp("A line of the log, or a point of the plot, every N updates, from the first.", valueName: "n"))
  var logEvery: Int?

  @Option(
    help: ArgumentHelp(
      "Draw the training curve there, a PNG or SVG by the ending, as training goes.", valueName: "file"),
    completion: .file(extensions: ["png", "svg"]))
  var plot: String?

  @Option(
    help: ArgumentHelp(
      "Save there what --resume needs, as training goes, at its end and when it is interrupted.", valueName: "file"),
    completion: .anyFile)
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Save it at the end of every Nth epoch, or whenever that time has gone by (default: 10s).",
      valueName: "n|duration"))
  var checkpointEvery: CheckpointInterval?

  @Option(
    help: ArgumentHelp("Go on from a checkpoint, as if training had never stopped.", valueName: "file"),
    completion: .anyFile)
  var resume: String?

  /// The files that appear when they are complete.
  var outputs: [NamedFiles.Entry] { [("--plot", plot), ("--checkpoint", checkpoint)].filter { $0.1 != nil } }

  func validate() throws {
    if let logEvery, logEvery < 1 { throw ValidationError("--log-every takes a number of at least 1.") }
    if logEvery != nil, log == nil, plot == nil {
      throw ValidationError("--log-every needs --log FILE or --plot FILE.")
    }
    if let plot, PlotFile.Format(plot) == nil {
      throw ValidationError("--plot takes a name that ends in .png or .svg, not '\(plot)'.")
    }
    if checkpointEvery != nil, checkpoint == nil {
      throw ValidationError("--checkpoint-every needs --checkpoint FILE.")
    }
    if checkpoint == "-" { throw ValidationError("--checkpoint takes the name of a file.") }
  }
}

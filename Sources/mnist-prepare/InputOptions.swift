import ArgumentParser
import NNCommand
import NNCore

/// The options that say what to read and how.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Files or folders to read; - for standard input.", valueName: "input"), completion: .anyFile)
  var inputs: [String] = []

  @OptionGroup var names: FileNameOptions

  @Option(help: ArgumentHelp("Draw N digits of our own instead of reading any.", valueName: "n"))
  var synthetic: Int?

  @Option(help: ArgumentHelp("Labels for the images among the inputs.", valueName: "file"), completion: .anyFile)
  var labels: String?

  @Option(help: ArgumentHelp("Take every input to be of this format, whatever it looks like.", valueName: "format"))
  var from: DataFormat?

  @Option(help: ArgumentHelp("The part to take: train, validation or test.", valueName: "part"))
  var part: DataPart?

  @Option(help: ArgumentHelp("Rows and columns of pictures that come as rows of numbers.", valueName: "rxc"))
  var shape: PictureShape?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Range of numbers that become pixels, such as -1:1; none keeps numbers of 0 to 1.", valueName: "low:high|none"),
    completion: .list(["none"]))
  var range: LevelsArgument?

  @Option(help: ArgumentHelp("Cut a picture into pictures of so many rows and columns.", valueName: "rxc"))
  var tile: PictureShape?

  @OptionGroup var treatment: TreatmentOptions

  @Option(help: ArgumentHelp("How many pixels a picture may have.", valueName: "n"))
  var maxPixels = PictureFile.maximumPixels

  @Option(name: .customLong("images"), help: ArgumentHelp("Name of the array of images.", valueName: "key"))
  var imagesKey: String?

  @Option(help: ArgumentHelp("Name of the array of labels.", valueName: "key"))
  var labelsKey: String?

  @Option(
    help: ArgumentHelp(
      "Column of the labels in a table: its name, its number from 1 (1-10 if one-hot), last or none.",
      valueName: "column"),
    completion: .list(["last", "none"]))
  var labelColumn: LabelColumn?

  @Option(help: ArgumentHelp("How many times its size compressed data may grow to.", valueName: "n"))
  var maxRatio = InflationLimit().ratio

  func validate() throws {
    if let synthetic {
      guard synthetic >= 1 else { throw ValidationError("--synthetic takes a number of at least 1.") }
      guard inputs.isEmpty, names.list == nil, labels == nil else {
        throw ValidationError("--synthetic reads nothing: leave the inputs out.")
      }
    } else if names.list != nil {
      guard inputs.isEmpty else {
        throw ValidationError("Inputs are named on the command line or in a list, not both.")
      }
    } else if inputs.isEmpty {
      throw ValidationError(
        "Missing expected argument '<input> ...': name files or folders, or draw digits with --synthetic.")
    }
    guard maxRatio >= 1 else { throw ValidationError("--max-ratio takes a number of at least 1.") }
    guard maxPixels >= 1 else { throw ValidationError("--max-pixels takes a number of at least 1.") }
    if labelsKey != nil, imagesKey == nil { throw ValidationError("--labels-key needs --images KEY.") }
  }
}

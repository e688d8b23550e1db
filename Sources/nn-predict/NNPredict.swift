import ArgumentParser
import NNCommand
import NNCore

@main
struct NNPredict: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-predict",
    abstract: "Tell which digits are on PNG pictures.",
    discussion: """
      Prints "file<TAB>digit<TAB>probability" a line. Any PNG will do: it is brought to grey, to light ink on dark, \
      and to \
      the size and place that digits have in MNIST. A picture without a digit gets the digit "-" and a reason.
      """,
    version: toolVersion)

  @Argument(
    help: ArgumentHelp("PNG files, folders to take them from, or - for those on standard input.", valueName: "png"),
    completion: .png)
  var pictures: [String] = []

  @Option(
    name: .customLong("model"), parsing: .singleValue,
    help: ArgumentHelp(
      "The model, standard input if not given; of several the mean probabilities count.", valueName: "file"),
    completion: .safetensors)
  var models: [String] = []

  @Option(
    help: ArgumentHelp(
      "Predict the examples of a data file instead of pictures; the first column is their index.", valueName: "file"),
    completion: .safetensors)
  var data: String?

  @OptionGroup var names: FileNameOptions

  @Option(
    help: ArgumentHelp("Print the K likeliest digits with their probabilities, on the same line.", valueName: "k"))
  var top = 1

  @Flag(help: "Print a JSON object a line.")
  var json = false

  @Flag(help: "Read numbers: print a line for each line of a picture, with the box of each digit.")
  var segment = false

  @OptionGroup var rejection: RejectionOptions

  @Flag(help: "Take pictures as they are: of the model's size, ink white on black.")
  var raw = false

  @Option(help: ArgumentHelp("How many pixels a picture may have.", valueName: "n"))
  var maxPixels = PNG.maximumPixels

  @OptionGroup var seeing: SeeingOptions

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top takes a number of at least 1.") }
    let hasPictures = !pictures.isEmpty || names.list != nil
    guard hasPictures || data != nil else { throw ValidationError("Name PNG files, or a data file with --data.") }
    guard !hasPictures || data == nil else { throw ValidationError("Pictures and --data exclude each other.") }
    guard pictures.isEmpty || names.list == nil else {
      throw ValidationError("Pictures are named on the command line or in a list, not both.")
    }
    guard !(raw && data != nil) else { throw ValidationError("--raw goes with pictures.") }
    guard maxPixels >= 1 else { throw ValidationError("--max-pixels takes a number of at least 1.") }
    guard !segment || !raw && data == nil && top == 1 && !seeing.show && seeing.showStages == nil else {
      throw ValidationError("--segment excludes --data, --raw, --top, --show and --show-stages.")
    }
    guard !(seeing.show && json) else { throw ValidationError("--show and --json exclude each other.") }
    guard seeing.showStages == nil || !raw && data == nil else {
      throw ValidationError("--show-stages goes with pictures, without --raw: else there are no stages.")
    }
  }

  var files: NamedFiles {
    NamedFiles(outputs: [("-o", common.output)] + (seeing.showStages.map { [("--show-stages", $0)] } ?? []))
  }

  func execute() throws {
    let modelNames = models.isEmpty ? ["-"] : models
    let operands = try Operands(modelNames + (data.map { [$0] } ?? pictures) + (names.list.map { [$0] } ?? []))
    let models = try modelNames.map { try operands.model($0) }
    let ensemble = try Ensemble(models)
    if let data {
      let (dataset, name) = try operands.dataset(data)
      try ensemble.networks[0].requireCompatible(dataset, file: name, needsLabels: false)
      try predict(dataset, with: ensemble)
    } else {
      let side = DigitNormalizer.side
      guard raw || (ensemble.rows, ensemble.columns) == (side, side) else {
        throw Failure(
          .badData,
          "\(models[0].name): takes pictures of \(ensemble.rows) x \(ensemble.columns), not \(side) x \(side): use "
            + "--raw or --data"
        )
      }
      if segment { try read(source(operands), with: ensemble) } else { try predict(source(operands), with: ensemble) }
    }
  }

  func source(_ operands: Operands) throws -> PictureSource {
    try PictureSource(pictures, list: names.list, stages: seeing.showStages.map { try StageFolders($0) }, operands)
  }
}

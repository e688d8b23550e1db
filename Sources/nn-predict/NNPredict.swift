import ArgumentParser
import NNCommand
import NNCore

@main
struct NNPredict: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-predict",
    abstract: "Tell which digits are on pictures.",
    discussion: """
      Prints "file<TAB>digit<TAB>probability" a line. Any PNG or JPEG will do: it is brought to grey, to light ink on \
      dark, and to the size and place that digits have in MNIST. A picture without a digit gets the digit \
      "-" and a reason.
      """,
    version: toolVersion)

  @Argument(
    help: ArgumentHelp(
      "The model, unless --model names it; then pictures, folders or - for standard input.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg", "safetensors"]))
  var operands: [String] = []

  @Option(
    name: .customLong("model"), parsing: .singleValue,
    help: ArgumentHelp(
      "The model; standard input if none is named. Of several, the mean probabilities count.", valueName: "file"),
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

  @OptionGroup var treatment: TreatmentOptions

  @Option(help: ArgumentHelp("How many pixels a picture may have.", valueName: "n"))
  var maxPixels = PictureFile.maximumPixels

  @OptionGroup var seeing: SeeingOptions

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top takes a number of at least 1.") }
    let hasPictures = !sorted.pictures.isEmpty || names.list != nil
    guard hasPictures || data != nil else { throw ValidationError("Name pictures, or a data file with --data.") }
    guard !hasPictures || data == nil else { throw ValidationError("Pictures and --data exclude each other.") }
    guard sorted.pictures.isEmpty || names.list == nil else {
      throw ValidationError("Pictures are named on the command line or in a list, not both.")
    }
    guard treatment.chosen == .asNeeded || data == nil else {
      throw ValidationError("--raw and --normalize go with pictures.")
    }
    guard maxPixels >= 1 else { throw ValidationError("--max-pixels takes a number of at least 1.") }
    guard
      !segment || treatment.chosen == .asNeeded && data == nil && top == 1 && !seeing.show && seeing.showStages == nil
    else {
      throw ValidationError("--segment excludes --data, --raw, --normalize, --top, --show and --show-stages.")
    }
    guard !(seeing.show && json) else { throw ValidationError("--show and --json exclude each other.") }
    guard seeing.showStages == nil || !treatment.raw && data == nil else {
      throw ValidationError("--show-stages goes with pictures, without --raw: else there are no stages.")
    }
  }

  private var sorted: PredictionOperands { PredictionOperands(operands, models: models) }

  var files: NamedFiles {
    NamedFiles(outputs: [("-o", common.output)] + (seeing.showStages.map { [("--show-stages", $0)] } ?? []))
  }

  func execute() throws {
    let sorted = sorted
    let operands = try Operands(
      sorted.models + (data.map { [$0] } ?? sorted.pictures) + (names.list.map { [$0] } ?? []))
    let models = try sorted.models.map { try operands.model($0) }
    let ensemble = try Ensemble(models)
    if let data {
      let (dataset, name) = try operands.dataset(data)
      try ensemble.networks[0].requireCompatible(dataset, file: name, needsLabels: false)
      return try predict(dataset, with: ensemble)
    }
    if !treatment.raw { try requireNormalizedSize(ensemble, file: models[0].name) }
    let progress = Progress(quiet: common.quiet)
    let source = try PictureSource(
      sorted.pictures, list: names.open(operands), stages: seeing.showStages.map { try StageFolders($0) }, operands,
      note: progress.line)
    if segment { try read(source, with: ensemble) } else { try predict(source, with: ensemble) }
  }
}

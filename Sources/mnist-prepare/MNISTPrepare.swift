import ArgumentParser
import NNCommand
import NNCore

@main
struct MNISTPrepare: Tool {
  static let configuration = CommandConfiguration(
    commandName: "mnist-prepare",
    abstract: "Turn digit data of any form into a data file for the other tools, or into another form.",
    discussion: """
      Takes IDX, pickles like mnist.pkl.gz, .npy, .npz, CSV, LIBSVM, Parquet, MATLAB files, safetensors, PNG, JPEG and \
      folders of pictures; what it is shows from the content. Images and labels are matched by their counts, in \
      whatever order they come.
      """,
    version: toolVersion)

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Shaping") var shaping: ShapingOptions
  @OptionGroup(title: "Augmentation") var copying: CopyOptions

  @Option(
    help: ArgumentHelp("Form of the output; by the ending of -o, else safetensors, if not given.", valueName: "format"))
  var to: OutputFormat?

  @Option(help: ArgumentHelp("Pictures in a row of a sheet.", valueName: "n"))
  var columns = 20

  @Flag(help: "Tell what is in the input instead.")
  var describe = false

  @Flag(help: "Tell it as JSON.")
  var json = false

  @Option(
    help: ArgumentHelp("Count the examples that another file or folder has too.", valueName: "file"),
    completion: .anyFile)
  var against: String?

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard columns >= 1 else { throw ValidationError("--columns takes a number of at least 1.") }
    if !describe, json || against != nil { throw ValidationError("--json and --against go with --describe.") }
    if describe, to != nil || selection.split != nil {
      throw ValidationError("--describe writes no data: --to and --split have no meaning.")
    }
    let wanted = selection.split?.count ?? 1
    if wanted > 1 ? common.outputs.count != wanted : common.outputs.count > 1 {
      throw ValidationError(
        "There are \(common.outputs.count) -o for \(wanted) outputs: --split takes as many as sizes.")
    }
    if let resize = shaping.resize, resize.rows * resize.columns > input.maxPixels {
      throw ValidationError(
        "--resize \(resize) makes pictures of more than the \(input.maxPixels) pixels that --max-pixels allows.")
    }
    if to == .png, (common.output ?? "-") == "-" { throw ValidationError("--to png needs -o FOLDER.") }
  }

  static var takesSeveralOutputs: Bool { true }
  static var optionalValues: [String: String] { ["--augment": AugmentationArgument.plainName] }

  var files: NamedFiles {
    let paths = describe ? common.outputs : common.outputs.flatMap { DataOutput.files(of: $0, format: to) }
    return NamedFiles(outputs: paths.isEmpty ? [("-o", nil)] : paths.map { ("-o", $0) })
  }

  func execute() throws {
    let progress = Progress(quiet: common.quiet)
    if describe { return try tell(progress) }
    // Open the outputs first, because reading may take minutes.
    let paths: [String?] = common.outputs.isEmpty ? [nil] : common.outputs
    let outputs = try paths.map { try DataOutput($0, format: to) }
    let datasets = try selection.parts(of: read(progress))
    for (dataset, output) in zip(datasets, outputs) {
      try output.write(dataset, tool: Self.signature, columns: columns, threads, progress)
    }
    for (dataset, path) in zip(datasets, paths) {
      progress.line((datasets.count > 1 ? "\(path ?? ""): " : "") + summary(dataset))
    }
  }

  /// The examples that are read, chosen and transformed.
  private func read(and other: String? = nil, _ progress: Progress) throws -> Dataset {
    let whole = try input.read(
      seed: selection.seed, hasScale: shaping.scale != nil, and: other, threads, progress)
    let shaped = try shaping.apply(to: selection.chosen(from: whole))
    return try copying.apply(to: shaped, seed: selection.seed, threads)
  }

  private func tell(_ progress: Progress) throws {
    let output = try Output(common.output)
    let dataset = try read(and: against, progress)
    let other = try against.map { try input.read($0, threads, progress) }
    let description = DataDescription(of: dataset, against: other)
    try output.write(line: json ? description.json.text : description.table)
    try output.commit()
  }

  private func summary(_ dataset: Dataset) -> String {
    let labels = dataset.labels.map { " in \(Set($0).count) classes" } ?? ", unlabelled"
    return "\(dataset.count) examples of \(dataset.inputs.title)\(labels)"
  }
}

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

  @Option(help: ArgumentHelp("Cut a PNG into pictures of so many rows and columns.", valueName: "rxc"))
  var tile: PictureShape?

  @OptionGroup var treatment: TreatmentOptions

  @Option(help: ArgumentHelp("How many pixels a PNG may have.", valueName: "n"))
  var maxPixels = PNG.maximumPixels

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

  /// Reads and joins all inputs, or draws synthetic digits.
  ///
  /// - Parameters:
  ///   - hasScale: whether the user said what pixels are multiplied by.
  ///   - other: another input that will be read later.
  func read(
    seed: UInt32, hasScale: Bool, and other: String? = nil, _ threads: ThreadOptions, _ progress: Progress
  ) throws -> Dataset {
    if let synthetic {
      defer { progress.clear() }
      return try SyntheticDigits.dataset(
        count: synthetic, seed: seed, pool: threads.pool(forPieces: synthetic / 256 + 1)
      ) {
        progress.bar($0, of: synthetic)
      }
    }
    let operands = try Operands(inputs + [names.list, labels, other].compactMap { $0 })
    var options = options(threads, progress)
    options.hasScale = hasScale
    var reader = DataReader(options)
    var inputs = inputs
    if var list = try names.open(operands) {
      while let name = try list.next() { inputs.append(name) }
      guard !inputs.isEmpty else { throw Failure(.badData, "\(names.list ?? ""): names no inputs") }
    }
    if labels == nil, areSinglePictures(inputs) {
      try reader.add(pictures: inputs)
    } else {
      for input in inputs { try add(input, to: &reader, operands) }
    }
    if let labels { try reader.add(operands.open(labels), onlyLabels: true) }
    return try dataset(of: reader, progress)
  }

  /// Reads one more input with the same options.
  func read(_ input: String, _ threads: ThreadOptions, _ progress: Progress) throws -> Dataset {
    var reader = DataReader(options(threads, progress))
    try add(input, to: &reader, Operands([input]))
    return try dataset(of: reader, progress)
  }

  private func dataset(of reader: DataReader, _ progress: Progress) throws -> Dataset {
    let dataset = try reader.dataset()
    progress.clear()
    for note in reader.notes { progress.line(note.line) }
    return dataset
  }

  private func add(_ input: String, to reader: inout DataReader, _ operands: Operands) throws {
    if input != "-", Directory.exists(input) {
      try reader.add(folder: input)
    } else {
      try reader.add(operands.open(input))
    }
  }

  /// Whether the inputs are several PNG files with a digit each, rather than sheets of many.
  private func areSinglePictures(_ inputs: [String]) -> Bool {
    guard inputs.count > 1, from == nil || from == .png, tile == nil else { return false }
    return inputs.allSatisfy { Directory.hasEnding($0, ".png") && !Directory.exists($0) }
      && !PictureSheet.isSheet(inputs[0])
  }

  private func options(_ threads: ThreadOptions, _ progress: Progress) -> DataReader.Options {
    var options = DataReader.Options()
    (options.format, options.part, options.shape, options.tile) = (from, part, shape, tile)
    (options.imagesKey, options.labelsKey, options.labelColumn) = (imagesKey, labelsKey, labelColumn)
    options.levels = range?.levels ?? .recognized
    options.treatment = treatment.chosen
    options.maxPixels = maxPixels
    options.limit.ratio = maxRatio
    options.pool = { threads.pool(forPieces: $0) }
    options.report = { progress.bar($0, of: $1) }
    return options
  }
}

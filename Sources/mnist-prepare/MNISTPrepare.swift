import ArgumentParser
import NNCommand
import NNCore

@main
struct MNISTPrepare: Tool {
  static let configuration = CommandConfiguration(
    commandName: "mnist-prepare",
    abstract: "Turn raw digit data into a data file for the other tools.",
    discussion: """
      Takes IDX files, plain or gzip, mnist.pkl.gz and its like, data files, and folders that hold MNIST's four files. \
      Images and labels are matched by their counts and shapes, in whatever order they come.
      """,
    version: toolVersion)

  @Argument(help: ArgumentHelp("Files or folders to read; - for standard input.", valueName: "input"))
  var inputs: [String]

  @Option(help: ArgumentHelp("Labels for the images among the inputs.", valueName: "file"))
  var labels: String?

  @Option(help: ArgumentHelp("Take every input to be idx, pickle or safetensors, whatever it looks like.", valueName: "format"))
  var from: DataFormat?

  @Option(help: ArgumentHelp("Write safetensors, or png: a folder with a folder of pictures a class.", valueName: "format"))
  var to = OutputFormat.safetensors

  @Option(help: ArgumentHelp("The part to take: train, validation or test.", valueName: "part"))
  var part: DataPart?

  @Option(help: ArgumentHelp("What pixels are to be multiplied by, as a fraction; the source's own, mostly 1/255, if not given.", valueName: "a/b"))
  var scale: Scale?

  @Flag(help: "Put the examples in random order, before --skip and --take.")
  var shuffle = false

  @Option(help: ArgumentHelp("Seed of --shuffle.", valueName: "n"))
  var seed: UInt32 = 1

  @Option(help: ArgumentHelp("Leave out the first N examples.", valueName: "n"))
  var skip = 0

  @Option(help: ArgumentHelp("Take N examples at most.", valueName: "n"))
  var take: Int?

  @OptionGroup var common: CommonOptions

  enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case safetensors, png
  }

  func validate() throws {
    guard skip >= 0 else { throw ValidationError("--skip takes a number of at least 0.") }
    if let take, take < 1 { throw ValidationError("--take takes a number of at least 1.") }
    if to == .png, (common.output ?? "-") == "-" { throw ValidationError("--to png needs -o FOLDER.") }
  }

  func execute() throws {
    // Before minutes of work: whether the result can be put anywhere.
    let output = to == .safetensors ? try Output(common.output, isBinary: true) : nil
    let dataset = try chosen(from: read())
    if let output {
      try output.commit(dataset.file(tool: Self.signature))
    } else {
      try PictureFolder(dataset).write(to: common.output ?? "")
    }
    Progress(quiet: common.quiet).line(summary(dataset))
  }

  private func read() throws -> Dataset {
    let operands = try Operands(inputs + (labels.map { [$0] } ?? []))
    var reader = DataReader(format: from, part: part)
    for input in inputs {
      if input != "-", Directory.exists(input) {
        try reader.add(folder: input)
      } else {
        try reader.add(operands.open(input))
      }
    }
    if let labels { try reader.add(operands.open(labels), onlyLabels: true) }
    return try reader.dataset()
  }

  private func chosen(from whole: Dataset) throws -> Dataset {
    var places = Array(0..<whole.count)
    if shuffle {
      var random = RandomState(seed: seed)
      random.shuffle(&places)
    }
    places = Array(places.dropFirst(skip).prefix(take ?? .max))
    guard !places.isEmpty else {
      throw Failure(
        .badData, whole.count == 0 ? "\(whole.source): holds no examples" : "--skip \(skip) leaves none of \(whole.count) examples")
    }
    var dataset = whole.selecting(places)
    if let scale { dataset.scale = scale }
    if shuffle { dataset.source += " shuffled by \(seed)" }
    if places.count < whole.count { dataset.source += " [\(skip)..<\(skip + places.count)]" }
    return dataset
  }

  private func summary(_ dataset: Dataset) -> String {
    let shape =
      switch dataset.inputs {
      case .pixels(_, let rows, let columns): "\(rows) x \(columns) pixels"
      case .features(_, let width): "\(width) features"
      }
    let labels = dataset.labels.map { " in \(Set($0).count) classes" } ?? ", unlabelled"
    return "\(dataset.count) examples of \(shape)\(labels)"
  }
}

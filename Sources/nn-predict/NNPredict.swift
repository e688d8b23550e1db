import ArgumentParser
import NNCommand
import NNCore

@main
struct NNPredict: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-predict",
    abstract: "Tell which digits are on PNG pictures.",
    discussion: """
      Prints "file<TAB>digit<TAB>probability" a line. Any PNG will do: it is brought to grey, to light ink on dark, and to \
      the size and place that digits have in MNIST.
      """,
    version: toolVersion)

  @Argument(help: ArgumentHelp("PNG files, folders to take them from, or - for standard input.", valueName: "png"))
  var pictures: [String] = []

  @Option(help: ArgumentHelp("The model; standard input if not given.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("Predict the examples of a data file instead of pictures; the first column is their index.", valueName: "file"))
  var data: String?

  @Option(help: ArgumentHelp("Print the K likeliest digits with their probabilities, on the same line.", valueName: "k"))
  var top = 1

  @Flag(help: "Print a JSON object a line.")
  var json = false

  @Flag(help: "Take pictures as they are: of the model's size, ink white on black.")
  var raw = false

  @Option(help: ArgumentHelp("How many pixels a picture may have.", valueName: "n"))
  var maxPixels = PNG.mostPixels

  @Flag(help: "Show below each line what the network saw.")
  var show = false

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top takes a number of at least 1.") }
    guard !pictures.isEmpty || data != nil else { throw ValidationError("Name PNG files, or a data file with --data.") }
    guard pictures.isEmpty || data == nil else { throw ValidationError("Pictures and --data exclude each other.") }
    guard !(raw && data != nil) else { throw ValidationError("--raw goes with pictures.") }
    guard maxPixels >= 1 else { throw ValidationError("--max-pixels takes a number of at least 1.") }
    guard !(show && json) else { throw ValidationError("--show and --json exclude each other.") }
  }

  func execute() throws {
    let operands = try Operands([model ?? "-"] + (data.map { [$0] } ?? pictures))
    let (network, modelName) = try operands.model(model)
    if let data {
      let (dataset, name) = try operands.dataset(data)
      try network.requireFit(dataset, file: name, needsLabels: false)
      try predict(dataset, with: network)
    } else {
      let side = DigitNormalizer.side
      guard raw || (network.rows, network.columns) == (side, side) else {
        throw Failure(
          .badData, "\(modelName): takes pictures of \(network.rows) x \(network.columns), not \(side) x \(side): use --raw or --data")
      }
      try predict(files(), with: network, operands)
    }
  }

  /// The pictures named, folders replaced by the PNG files in them.
  private func files() throws -> [String] {
    try pictures.flatMap { operand in
      guard operand != "-", Directory.exists(operand) else { return [operand] }
      let files = try Directory.files(below: operand, ending: ".png")
      guard !files.isEmpty else { throw FileError(.badData, file: operand, "holds no PNG files") }
      return files
    }
  }

  private func predict(_ dataset: Dataset, with network: Network) throws {
    let output = try Output(common.output)
    let predictor = Predictor(network, pool: threads.pool)
    try predictor.forEachBlock(dataset, at: 0..<dataset.count) { offset, answers in
      for index in 0..<answers.count {
        try write(Answer(network, answers, index), of: "\(offset + index)", to: output)
        if show { try output.write(line: drawing(dataset, offset + index)) }
      }
      try output.flush()
    }
    try output.commit()
  }

  /// What the network sees of an example; features have no picture.
  private func drawing(_ dataset: Dataset, _ place: Int) -> String {
    guard case .pixels(let bytes, _, let columns) = dataset.inputs else { return "(features, no picture)" }
    let start = place * dataset.inputs.stride
    return Drawing.text(Array(bytes[start..<start + dataset.inputs.stride]), columns: columns)
  }

  /// Predicts each file; one that is no picture of a digit is reported, and the rest done all the same.
  private func predict(_ files: [String], with network: Network, _ operands: Operands) throws {
    let output = try Output(common.output)
    let pool = threads.pool(forPieces: files.count)
    let predictors = (0..<pool.count).map { _ in Predictor(network, pool: WorkerPool(count: 1)) }
    var isAnswered = false
    var failure: AlreadyReported?
    try pool.forEachInOrder(files.count) { worker, index in
      Result {
        let pixels = try self.pixels(operands.open(files[index]), for: network)
        let inputs = Dataset.Inputs.pixels(Bytes(pixels), rows: network.rows, columns: network.columns)
        let answers = predictors[worker].answers(Dataset(count: 1, inputs: inputs, labels: nil), at: 0..<1)
        return (pixels, Answer(network, answers, 0))
      }
    } consume: { index, result in
      do {
        let (pixels, answer) = try result.get()
        try write(answer, of: files[index], to: output)
        if show { try output.write(line: Drawing.text(pixels, columns: network.columns)) }
        try output.flush()
        isAnswered = true
      } catch let error as FileError where [.badData, .cannotOpen].contains(error.kind) {
        Self.complain("\(error)")
        failure = failure ?? AlreadyReported(error.kind == .badData ? .badData : .cannotOpen)
      }
    }
    // An old file of answers is not given up for none.
    if isAnswered { try output.commit() }
    if let failure { throw failure }
  }

  private func pixels(_ file: InputFile, for network: Network) throws -> [UInt8] {
    let picture = try PNG.decode(file.contents(), of: file, maxPixels: maxPixels)
    if raw {
      guard (picture.height, picture.width) == (network.rows, network.columns) else {
        throw file.malformed(
          "is of \(picture.width) x \(picture.height) pixels, and --raw needs the model's \(network.columns) x \(network.rows)")
      }
      return picture.grey(on: 0).values.map { UInt8(($0 * 255).rounded()) }
    }
    do {
      return try DigitNormalizer.normalize(picture)
    } catch let error as DigitNormalizer.NoDigit {
      throw file.malformed("\(error)")
    }
  }

  private func write(_ answer: Answer, of name: String, to output: Output) throws {
    let best = answer.ranked.prefix(top)
    guard json else {
      let columns = best.flatMap { [$0.name, "\($0.probability)"] }
      return try output.write(line: ([name] + columns).joined(separator: "\t"))
    }
    var members: [JSON.Member] = [
      .init("file", .string(name)), .init("digit", .string(best[0].name)),
      .init("probability", JSON(best[0].probability)),
    ]
    if top > 1 {
      let list = best.map { JSON.object([.init("digit", .string($0.name)), .init("probability", JSON($0.probability))]) }
      members.append(.init("top", .array(list)))
    }
    try output.write(line: JSON.object(members).text)
  }
}

/// The classes by falling probability.
private struct Answer {
  let ranked: [(name: String, probability: Float)]

  init(_ network: Network, _ answers: Predictor.Answers, _ index: Int) {
    let all = Array(zip(network.classes, answers.probabilities(index)))
    // A stable order among equals: that of the classes.
    ranked = all.enumerated()
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map { ($0.element.0, $0.element.1) }
  }
}

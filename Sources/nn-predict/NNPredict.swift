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
      try ensemble.networks[0].requireFit(dataset, file: name, needsLabels: false)
      try predict(dataset, with: ensemble)
    } else {
      let side = DigitNormalizer.side
      guard raw || (ensemble.rows, ensemble.columns) == (side, side) else {
        throw Failure(
          .badData,
          "\(models[0].name): takes pictures of \(ensemble.rows) x \(ensemble.columns), not \(side) x \(side): use --raw or --data"
        )
      }
      if segment { try read(source(operands), with: ensemble) } else { try predict(source(operands), with: ensemble) }
    }
  }

  func source(_ operands: Operands) throws -> PictureSource {
    try PictureSource(pictures, list: names.list, stages: seeing.showStages.map { try StageFolders($0) }, operands)
  }

  private func predict(_ dataset: Dataset, with ensemble: Ensemble) throws {
    let output = try Output(common.output)
    let writer = writer(to: output, ensemble)
    var isStrictlyDone = true
    try Predictor(ensemble, pool: threads.pool).forEachBlock(dataset, at: 0..<dataset.count) { offset, answers in
      for index in 0..<answers.count {
        let prediction = prediction(answers, index, of: ensemble)
        try writer.write(prediction, of: "\(offset + index)", seen: dataset.picture(offset + index))
        if prediction.rejection != nil { isStrictlyDone = false }
      }
      try output.flush()
    }
    try output.commit()
    try rejection.finish(isStrictlyDone: isStrictlyDone)
  }

  private func predict(_ source: PictureSource, with ensemble: Ensemble) throws {
    let output = try Output(common.output)
    let writer = writer(to: output, ensemble)
    let reader = PictureReader(rows: ensemble.rows, columns: ensemble.columns, isRaw: raw, maxPixels: maxPixels)
    var isStrictlyDone = true
    let run = PictureRun(output: output, pool: threads.pool(forPieces: source.countAtMost), complain: Self.complain)
    try run.answer(source) {
      Predictor(ensemble, pool: WorkerPool(count: 1))
    } answer: { predictor, picture -> (Prediction, [UInt8]?) in
      do {
        let pixels = try reader.pixels(of: picture)
        let inputs = Dataset.Inputs.pixels(Bytes(pixels), rows: ensemble.rows, columns: ensemble.columns)
        let answers = predictor.answers(Dataset(count: 1, inputs: inputs, labels: nil), at: 0..<1)
        return (prediction(answers, 0, of: ensemble), pixels)
      } catch let error as DigitNormalizer.NoDigit {
        return (Prediction(rejection: "\(error)"), nil)
      }
    } write: { picture, reply in
      let (prediction, pixels) = reply
      try writer.write(prediction, of: picture.name, seen: pixels)
      if prediction.rejection != nil { isStrictlyDone = false }
    }
    try rejection.finish(isStrictlyDone: isStrictlyDone)
  }

  /// Reads the numbers on each picture.
  private func read(_ source: PictureSource, with ensemble: Ensemble) throws {
    let output = try Output(common.output)
    var isStrictlyDone = true
    let run = PictureRun(output: output, pool: threads.pool(forPieces: source.countAtMost), complain: Self.complain)
    try run.answer(source) {
      Segmenting(ensemble, maxPixels: maxPixels, minProbability: rejection.minProbability)
    } answer: { segmenting, picture in
      try segmenting.read(picture)
    } write: { picture, page in
      for line in json ? [page.json(of: picture.name).text] : page.records(of: picture.name) {
        try output.write(line: line)
      }
      if !page.isComplete { isStrictlyDone = false }
    }
    try rejection.finish(isStrictlyDone: isStrictlyDone)
  }

  private func prediction(_ answers: Predictor.Answers, _ index: Int, of ensemble: Ensemble) -> Prediction {
    Prediction(answers, index, classes: ensemble.classes, minProbability: rejection.minProbability)
  }

  private func writer(to output: Output, _ ensemble: Ensemble) -> PredictionWriter {
    let graphics = seeing.graphics ?? ((common.output ?? "-") == "-" ? Terminal().graphics : .ascii)
    return PredictionWriter(
      output: output, isJSON: json, top: min(top, ensemble.classCount),
      exhibit: seeing.show ? Exhibit(graphics, classes: ensemble.classes, columns: ensemble.columns) : nil)
  }
}

extension Dataset {
  /// The pixels of an example; features have none.
  fileprivate func picture(_ place: Int) -> [UInt8]? {
    if case .pixels = inputs { [UInt8](example(place)) } else { nil }
  }
}

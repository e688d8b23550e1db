import NNCommand
import NNCore

extension NNPredict {
  func predict(_ dataset: Dataset, with ensemble: Ensemble) throws {
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

  func predict(_ source: PictureSource, with ensemble: Ensemble) throws {
    let output = try Output(common.output)
    let writer = writer(to: output, ensemble)
    let shape = pictureShape(of: ensemble)
    let reader = PictureReader(
      rows: shape.rows, columns: shape.columns, treatment: treatment.chosen, maxPixels: maxPixels)
    var isStrictlyDone = true
    let run = PictureRun(output: output, pool: threads.pool(forPieces: source.countAtMost), complain: Self.complain)
    try run.answer(source) {
      Predictor(ensemble, pool: WorkerPool(count: 1))
    } answer: { predictor, picture -> (Prediction, [UInt8]?) in
      do {
        let pixels = try reader.pixels(of: picture)
        let answers = predictor.answers(pixels: pixels, rows: shape.rows, columns: shape.columns)
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

  /// Segments each picture into digits and writes its lines.
  func read(_ source: PictureSource, with ensemble: Ensemble) throws {
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

  /// Rows and columns of the network's pictures. A network that was trained on 784 numbers takes pictures too.
  private func pictureShape(of ensemble: Ensemble) -> (rows: Int, columns: Int) {
    let side = DigitNormalizer.side
    let isTable = ensemble.rows == 1 && ensemble.columns == side * side
    return isTable ? (side, side) : (ensemble.rows, ensemble.columns)
  }

  /// - Throws: `Failure` if the networks' pictures don't have the size of normalized ones.
  func requireNormalizedSize(_ ensemble: Ensemble, file: String) throws {
    let (side, shape) = (DigitNormalizer.side, pictureShape(of: ensemble))
    guard shape != (side, side) else { return }
    throw Failure(
      .badData,
      "\(file): takes pictures of \(shape.rows) x \(shape.columns), and digits are brought to \(side) x \(side): --raw "
        + "takes pictures of the model's own size, --data examples of a data file")
  }

  private func prediction(_ answers: Predictor.Answers, _ index: Int, of ensemble: Ensemble) -> Prediction {
    Prediction(answers, index, classes: ensemble.classes, minProbability: rejection.minProbability)
  }

  private func writer(to output: Output, _ ensemble: Ensemble) -> PredictionWriter {
    let graphics = seeing.graphics ?? ((common.output ?? "-") == "-" ? Terminal().graphics : .ascii)
    return PredictionWriter(
      output: output, isJSON: json, top: min(top, ensemble.classCount),
      exhibit: seeing.show
        ? Exhibit(graphics, classes: ensemble.classes, columns: pictureShape(of: ensemble).columns) : nil)
  }
}

extension Dataset {
  /// The pixels of an example; nil if the data set holds features.
  fileprivate func picture(_ place: Int) -> [UInt8]? {
    if case .pixels = inputs { [UInt8](example(place)) } else { nil }
  }
}

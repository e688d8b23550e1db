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
    let reader = PictureReader(rows: ensemble.rows, columns: ensemble.columns, isRaw: raw, maxPixels: maxPixels)
    var isStrictlyDone = true
    let run = PictureRun(output: output, pool: threads.pool(forPieces: source.countAtMost), complain: Self.complain)
    try run.answer(source) {
      Predictor(ensemble, pool: WorkerPool(count: 1))
    } answer: { predictor, picture -> (Prediction, [UInt8]?) in
      do {
        let pixels = try reader.pixels(of: picture)
        let answers = predictor.answers(pixels: pixels, rows: ensemble.rows, columns: ensemble.columns)
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
  /// The pixels of an example; nil if the data set holds features.
  fileprivate func picture(_ place: Int) -> [UInt8]? {
    if case .pixels = inputs { [UInt8](example(place)) } else { nil }
  }
}

import NNCommand
import NNCore

extension InputOptions {
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

  /// Whether the inputs are several pictures with a digit each, rather than sheets of many.
  private func areSinglePictures(_ inputs: [String]) -> Bool {
    guard inputs.count > 1, from == nil || from == .png || from == .jpeg, tile == nil else { return false }
    return inputs.allSatisfy { PictureFile.hasEnding($0) && !Directory.exists($0) }
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

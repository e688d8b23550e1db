extension Network {
  /// Checks that the network takes the inputs of `dataset` and knows the classes of its labels.
  ///
  /// - Parameter file: the data's name, for the error.
  /// - Throws: `FileError` of kind `badData`.
  package func requireCompatible(_ dataset: Dataset, file: String, needsLabels: Bool) throws {
    func fault(_ message: String) -> FileError { FileError(.badData, file: file, message) }

    guard dataset.count > 0 else { throw fault("holds no examples") }
    guard dataset.inputCount == inputCount else {
      let shape =
        if case .pixels(_, let rows, let columns) = dataset.inputs { " (\(rows) x \(columns))" } else { "" }
      throw fault("examples have \(dataset.inputCount) inputs\(shape), the model takes \(inputCount)")
    }
    guard let labels = dataset.labels else {
      if needsLabels { throw fault("has no labels") }
      return
    }
    if let place = labels.firstIndex(where: { $0 >= classCount }) {
      let startsAtOne = labels.min() == 1 && labels.max() == UInt16(exactly: classCount)
      throw FileError(
        .badData, file: file,
        "example \(place) has the label \(labels[place]), and the model knows \(classCount) classes, from 0",
        remedy: startsAtOne ? .offsetLabels : nil)
    }
  }

  /// Takes over the scale, the shape of pictures and the names of classes from the data that it is to be trained on.
  /// The temperature is reset, because it was fitted to other parameters.
  package mutating func adopt(_ dataset: Dataset) {
    temperature = 1
    scale = dataset.scale
    switch dataset.inputs {
    case .pixels(_, let rows, let columns): (self.rows, self.columns) = (rows, columns)
    case .features(_, let width): (rows, columns) = (1, width)
    }
    classes = (0..<classCount).map { $0 < dataset.classes.count ? dataset.classes[$0] : "\($0)" }
  }
}

// Numbers that are no pixels of 0…255, but form pictures.

extension Dataset.Inputs {
  /// What became of the inputs, and what a user should know of it.
  typealias Recognized = (inputs: Dataset.Inputs, note: DataNote?)

  /// Inputs of a source as pictures, if they form some.
  ///
  /// Numbers in a stated range become pixels. Without a stated range, features of 0 to 1 become pixels if they plainly
  /// form pictures, and so do pixels of which none is greater than 1.
  ///
  /// - Parameters:
  ///   - range: the stated range.
  ///   - shape: rows and columns of each picture, if they are known; otherwise pictures are square.
  ///   - isShapeChosen: whether the user named `shape`, so that the numbers must be pictures.
  ///   - hasScale: whether the user said what pixels are multiplied by, and so knows them to be right as they are.
  /// - Throws: `FileError` of kind `badData` if a number is out of the stated range, or if numbers that must be
  ///   pictures have a range that is not known.
  func recognizingPixels(
    in range: PixelRange?, shape: PictureShape?, isShapeChosen: Bool, hasScale: Bool, source: String
  ) throws -> Recognized {
    switch self {
    case .pixels(let bytes, let rows, let columns):
      let shape = PictureShape(rows: rows, columns: columns)
      if let range {
        return (try pixels(of: NumberArray(.uint8, bytes), in: range, shape, source), nil)
      }
      guard !hasScale, let maximum = bytes.maximum(below: 17) else { return (self, nil) }
      guard maximum == 1 else {
        let note = DataNote(of: source, "no pixel is greater than \(maximum)", remedy: .stateScale(maximum: maximum))
        return (self, maximum == 0 ? nil : note)
      }
      return (
        try pixels(of: NumberArray(.uint8, bytes), in: .unit, shape, source),
        DataNote(of: source, "pixels are 0 and 1, and become 0 and 255")
      )
    case .features(let bytes, let width):
      let numbers = NumberArray(.float32, bytes)
      guard let shape = shape ?? PictureShape(square: width), shape.count == width else {
        guard range == nil else {
          throw FileError(
            .badData, file: source, "has examples of \(width) numbers, which are no square", remedy: .stateShape)
        }
        return (self, nil)
      }
      if let range { return (try pixels(of: numbers, in: range, shape, source), nil) }
      let extent = NumberExtent(numbers)
      guard extent.minimum >= 0, extent.maximum <= 1, isShapeChosen || extent.isPlainlyInked && width >= 64 else {
        guard !isShapeChosen else {
          throw FileError(
            .badData, file: source,
            "holds numbers of \(extent.minimum) to \(extent.maximum), which are no pixels of 0 to 255",
            remedy: .stateRange)
        }
        return (self, nil)
      }
      return (
        try pixels(of: numbers, in: .unit, shape, source),
        DataNote(of: source, "numbers of 0 to 1 become pixels of 0 to 255", remedy: .keepFeatures)
      )
    }
  }

  /// - Throws: `FileError` of kind `badData` if a number is out of the range.
  private func pixels(
    of numbers: NumberArray, in range: PixelRange, _ shape: PictureShape, _ source: String
  ) throws -> Dataset.Inputs {
    var builder = BytesBuilder(capacity: numbers.count)
    var stranger: (place: Int, value: Double)?
    try numbers.forEachBlock { start, block in
      guard stranger == nil else { return }
      try builder.append(upTo: block.count) { room in
        _ = block.allSatisfy { index, value in
          guard let level = range[value] else {
            stranger = (start + index, value)
            return false
          }
          room[index] = level
          return true
        }
        return block.count
      }
    }
    if let stranger {
      throw FileError(
        .badData, file: source,
        "number \(stranger.place % shape.count) of example \(stranger.place / shape.count) is \(stranger.value), out "
          + "of the range \(range)")
    }
    return .pixels(try builder.finish(), rows: shape.rows, columns: shape.columns)
  }
}

/// The least and the greatest of many numbers, and how many are 0.
private struct NumberExtent {
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity
  private var zeros = 0
  private let count: Int

  init(_ numbers: NumberArray) {
    count = numbers.count
    numbers.forEachBlock { _, block in
      _ = block.allSatisfy { _, value in
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        if value == 0 { zeros += 1 }
        return true
      }
    }
  }

  /// Whether the numbers look like ink on a background of 0: a quarter of them is 0, and the darkest ink is dark.
  var isPlainlyInked: Bool { 4 * zeros >= count && maximum > 0.5 }
}

extension NumberArray {
  /// Little-endian numbers one after the other.
  fileprivate init(_ element: Element, _ bytes: Bytes) {
    self.init(element, isBigEndian: false, shape: [bytes.count / element.size], bytes: bytes)
  }
}

extension Bytes {
  /// The greatest byte; nil if it is not below `limit`.
  fileprivate func maximum(below limit: UInt8) -> UInt8? {
    var maximum: UInt8 = 0
    for start in stride(from: 0, to: count, by: 1 << 16) {
      let block = self[start..<Swift.min(start + 1 << 16, count)]
      block.withSpan { span in
        for place in span.indices where span[place] > maximum { maximum = span[place] }
      }
      guard maximum < limit else { return nil }
      block.dropPages()
    }
    return maximum
  }
}

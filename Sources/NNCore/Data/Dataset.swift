/// Examples: pictures of 8-bit pixels or rows of features, with their labels if these are known.
///
/// As the course's matrix X it has the shape (`inputCount`, `count`), a column an example.
package struct Dataset: Sendable {
  package enum Inputs: Sendable {
    /// `count` pictures one after the other, row by row; 0 is the background.
    case pixels(Bytes, rows: Int, columns: Int)
    /// `count` × `width` floats, little-endian, without alignment.
    case features(Bytes, width: Int)
  }

  package let count: Int
  package let inputs: Inputs
  /// The label of each example; nil for unlabelled data.
  package let labels: [UInt16]?
  /// The factor of each pixel; unused for features.
  package var scale = Scale.unit
  /// The names of the classes, by label.
  package var classes: [String]
  /// The origin of the data, for people.
  package var source = ""

  /// - Precondition: `inputs` and, if there are any, `labels` have `count` examples.
  package init(count: Int, inputs: Inputs, labels: [UInt16]?, scale: Scale = .unit, classes: [String]? = nil) {
    (self.count, self.inputs, self.labels, self.scale) = (count, inputs, labels, scale)
    precondition(labels.map { $0.count == count } ?? true && inputs.bytes.count == count * inputs.stride)
    self.classes = classes ?? Self.digitClasses(through: Int(labels?.max() ?? 0))
  }

  /// The default names `0`…`9`, and more if there are larger labels.
  package static func digitClasses(through label: Int) -> [String] {
    (0...max(label, 9)).map(String.init)
  }

  /// The number of inputs of an example.
  package var inputCount: Int { inputs.width }

  /// The examples in `range`, which share the memory.
  package func selecting(_ range: Range<Int>) -> Dataset {
    let bytes = inputs.bytes[range.lowerBound * inputs.stride..<range.upperBound * inputs.stride]
    return replacing(bytes, labels: labels.map { Array($0[range]) }, count: range.count)
  }

  /// The examples at `places`, in that order; data that exceeds memory goes to a temporary file.
  ///
  /// - Precondition: every place is in 0..<`count`.
  /// - Throws: `FileError` if a temporary file can't be written.
  package func selecting(_ places: [Int]) throws -> Dataset {
    var builder = BytesBuilder(capacity: places.count * inputs.stride)
    for (index, place) in places.enumerated() {
      try builder.append(example(place))
      // Reading in random order may load a page for each example.
      if index % 64 == 63 { inputs.bytes.dropPages() }
    }
    let labels = labels.map { labels in places.map { labels[$0] } }
    return replacing(try builder.finish(), labels: labels, count: places.count)
  }

  private func replacing(_ bytes: Bytes, labels: [UInt16]?, count: Int) -> Dataset {
    var other = Dataset(count: count, inputs: inputs.replacing(bytes), labels: labels, scale: scale, classes: classes)
    other.source = source
    return other
  }

  /// The inputs of the example at `place`.
  package func example(_ place: Int) -> Bytes {
    inputs.bytes[place * inputs.stride..<(place + 1) * inputs.stride]
  }

  /// Joins the data sets in order.
  ///
  /// - Throws: `FileError` of kind `badData` if they differ in shape or scale, or if only some have labels.
  static func concatenating(_ parts: [Dataset]) throws -> Dataset {
    guard let first = parts.first else { throw FileError(.badData, file: "input", "no images were given") }
    guard parts.count > 1 else { return first }
    for part in parts.dropFirst() {
      func fault(_ what: String) -> FileError {
        FileError(.badData, file: part.source, "\(what), unlike \(first.source): they can't be joined")
      }
      guard part.inputs.hasShape(of: first.inputs) else { throw fault("has examples of \(part.inputs.title)") }
      guard part.scale == first.scale else { throw fault("has the scale \(part.scale)") }
      guard (part.labels == nil) == (first.labels == nil) else {
        throw fault(part.labels == nil ? "has no labels" : "has labels")
      }
    }
    let longest = parts.max { $0.classes.count < $1.classes.count }!
    for part in parts where !longest.classes.starts(with: part.classes) {
      throw FileError(
        .badData, file: part.source, "has other names of classes than \(longest.source): they can't be joined")
    }
    var builder = BytesBuilder(capacity: parts.reduce(0) { $0 + $1.inputs.bytes.count })
    for part in parts { try builder.append(part.inputs.bytes) }
    var dataset = Dataset(
      count: parts.reduce(0) { $0 + $1.count }, inputs: first.inputs.replacing(try builder.finish()),
      labels: first.labels == nil ? nil : parts.flatMap { $0.labels ?? [] }, scale: first.scale,
      classes: longest.classes)
    dataset.source = parts.map(\.source).joined(separator: "; ")
    return dataset
  }
}

extension Dataset.Inputs {
  package var bytes: Bytes {
    switch self {
    case .pixels(let bytes, _, _), .features(let bytes, _): bytes
    }
  }

  /// The number of inputs of an example.
  package var width: Int {
    switch self {
    case .pixels(_, let rows, let columns): rows * columns
    case .features(_, let width): width
    }
  }

  /// Bytes of an example.
  package var stride: Int {
    switch self {
    case .pixels: width
    case .features: 4 * width
    }
  }

  /// Whether the examples of both are of the same kind and shape.
  package func hasShape(of other: Dataset.Inputs) -> Bool {
    switch (self, other) {
    case (.pixels(_, let rows, let columns), .pixels(_, let otherRows, let otherColumns)):
      (rows, columns) == (otherRows, otherColumns)
    case (.features(_, let width), .features(_, let otherWidth)): width == otherWidth
    default: false
    }
  }

  /// A description of an example's kind and shape for people.
  package var title: String {
    switch self {
    case .pixels(_, let rows, let columns): "\(rows) x \(columns) pixels"
    case .features(_, let width): "\(width) features"
    }
  }

  /// Inputs of the same shape with other bytes.
  package func replacing(_ bytes: Bytes) -> Dataset.Inputs {
    switch self {
    case .pixels(_, let rows, let columns): .pixels(bytes, rows: rows, columns: columns)
    case .features(_, let width): .features(bytes, width: width)
    }
  }
}

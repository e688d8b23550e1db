/// Examples: pictures of 8-bit pixels or rows of features, and their labels if they are known.
///
/// Seen as the course's matrix, it is X of (`inputCount`, `count`), a column an example.
public struct Dataset: Sendable {
  public enum Inputs: Sendable {
    /// `count` pictures one after the other, row by row, 0 = background.
    case pixels(Bytes, rows: Int, columns: Int)
    /// `count` × `width` Floats, little-endian, aligned to nothing.
    case features(Bytes, width: Int)
  }

  public let count: Int
  public let inputs: Inputs
  /// One an example; nil for unlabelled data.
  public let labels: [UInt16]?
  /// What a pixel is multiplied by; of no meaning for features.
  public var scale = Scale.unit
  /// The names of the classes, by label.
  public var classes: [String]
  /// Where each part came from.
  public var source = ""

  /// - Precondition: `labels`, where there are any, and `inputs` are of `count` examples.
  public init(count: Int, inputs: Inputs, labels: [UInt16]?, scale: Scale = .unit, classes: [String]? = nil) {
    (self.count, self.inputs, self.labels, self.scale) = (count, inputs, labels, scale)
    precondition(labels.map { $0.count == count } ?? true && inputs.bytes.count == count * inputs.stride)
    self.classes = classes ?? Self.digitClasses(through: Int(labels?.max() ?? 0))
  }

  /// `0`…`9`, and further if there are greater labels.
  public static func digitClasses(through label: Int) -> [String] {
    (0...max(label, 9)).map(String.init)
  }

  /// The inputs of an example.
  public var inputCount: Int { inputs.width }

  /// The examples at `places`, in that order.
  ///
  /// - Precondition: every place is in 0..<`count`.
  public func selecting(_ places: [Int]) -> Dataset {
    let stride = inputs.stride
    let isRun = zip(places, places.dropFirst()).allSatisfy { $1 == $0 + 1 }
    let bytes =
      if let first = places.first, isRun {
        inputs.bytes[first * stride..<(first + places.count) * stride]
      } else {
        inputs.bytes.withUnsafeBytes { source in
          Bytes(count: places.count * stride) { target in
            for (index, place) in places.enumerated() {
              UnsafeMutableRawBufferPointer(rebasing: target[index * stride..<(index + 1) * stride])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[place * stride..<(place + 1) * stride]))
            }
          }
        }
      }
    var selected = Dataset(
      count: places.count, inputs: inputs.replacing(bytes), labels: labels.map { labels in places.map { labels[$0] } },
      scale: scale, classes: classes)
    selected.source = source
    return selected
  }
}

extension Dataset.Inputs {
  public var bytes: Bytes {
    switch self {
    case .pixels(let bytes, _, _), .features(let bytes, _): bytes
    }
  }

  /// Inputs of an example.
  public var width: Int {
    switch self {
    case .pixels(_, let rows, let columns): rows * columns
    case .features(_, let width): width
    }
  }

  /// Bytes of an example.
  public var stride: Int {
    switch self {
    case .pixels: width
    case .features: 4 * width
    }
  }

  /// Whether examples of both are of one kind and shape.
  public func hasShape(of other: Dataset.Inputs) -> Bool {
    switch (self, other) {
    case (.pixels(_, let rows, let columns), .pixels(_, let otherRows, let otherColumns)):
      (rows, columns) == (otherRows, otherColumns)
    case (.features(_, let width), .features(_, let otherWidth)): width == otherWidth
    default: false
    }
  }

  /// Inputs of the same shape with other bytes.
  public func replacing(_ bytes: Bytes) -> Dataset.Inputs {
    switch self {
    case .pixels(_, let rows, let columns): .pixels(bytes, rows: rows, columns: columns)
    case .features(_, let width): .features(bytes, width: width)
    }
  }
}

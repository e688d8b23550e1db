// Writes data as text, a line an example.

extension Dataset {
  /// Writes Kaggle's layout: a header, then the label and the pixels of each example, row by row.
  func writeCSV(_ report: (_ done: Int, _ total: Int) -> Void, to write: @escaping (Bytes) throws -> Void) throws {
    let name = if case .pixels = inputs { "pixel" } else { "feature" }
    let columns = (labels == nil ? [] : ["label"]) + (0..<inputCount).map { "\(name)\($0)" }
    try write(Bytes(Array((columns.joined(separator: ",") + "\n").utf8)))
    var text = TextBlock(write)
    let table = (0..<256).map { TextBlock.Word("\($0),") }
    for place in 0..<count {
      if let labels {
        let label = labels[place]
        if label < 256 { try text.append(table[Int(label)]) } else { try text.append("\(label),") }
      }
      switch inputs {
      case .pixels: try example(place).withSpan { try text.append($0, by: table) }
      case .features(_, let width):
        for column in 0..<width { try text.append("\(feature(place, column)),") }
      }
      text.replaceLast(with: "\n")
      if place % 4096 == 4095 {
        inputs.bytes.dropPages()
        report(place, count)
      }
    }
    try text.flush()
  }

  /// Writes `label index:value …` with indices from 1. The first line includes its last value even if that is 0, so
  /// that a reader knows the number of inputs.
  func writeLIBSVM(_ report: (_ done: Int, _ total: Int) -> Void, to write: @escaping (Bytes) throws -> Void) throws {
    guard let labels else {
      throw FileError(.badData, file: source, "has no labels, and LIBSVM's format has no line without")
    }
    var text = TextBlock(write)
    let indices = (0..<inputCount).map { Array(" \($0 + 1):".utf8) }
    let values = (0..<256).map { Array("\($0)".utf8) }
    for place in 0..<count {
      try text.append("\(labels[place])")
      let isMarked = place == 0
      switch inputs {
      case .pixels:
        let pixels = [UInt8](example(place))
        for (index, pixel) in pixels.enumerated() where pixel != 0 || isMarked && index == pixels.count - 1 {
          try text.append(indices[index])
          try text.append(values[Int(pixel)])
        }
      case .features(_, let width):
        for index in 0..<width where feature(place, index) != 0 || isMarked && index == width - 1 {
          try text.append(indices[index])
          try text.append("\(feature(place, index))")
        }
      }
      try text.append("\n")
      if place % 4096 == 4095 {
        inputs.bytes.dropPages()
        report(place, count)
      }
    }
    try text.flush()
  }

  func feature(_ place: Int, _ column: Int) -> Float {
    Float(bitPattern: inputs.bytes.little(place * inputs.stride + 4 * column))
  }
}

/// A text buffer that is written in large blocks.
private struct TextBlock {
  /// At most four bytes. Copying always writes four, so that the buffer needs room for four.
  struct Word {
    let bytes: (UInt8, UInt8, UInt8, UInt8)
    let count: Int

    init(_ text: String) {
      let utf8 = Array(text.utf8) + [0, 0, 0]
      (bytes, count) = ((utf8[0], utf8[1], utf8[2], utf8[3]), text.utf8.count)
    }
  }

  private let write: (Bytes) throws -> Void
  private var buffer = [UInt8](repeating: 0, count: (1 << 20) + slack)
  private var count = 0

  private static let slack = 64

  init(_ write: @escaping (Bytes) throws -> Void) {
    self.write = write
  }

  mutating func append(_ text: String) throws {
    try append(Array(text.utf8))
  }

  mutating func append(_ bytes: [UInt8]) throws {
    if count + bytes.count > buffer.count - Self.slack { try flush() }
    for byte in bytes {
      buffer[count] = byte
      count += 1
    }
  }

  mutating func append(_ word: Word) throws {
    if count >= buffer.count - Self.slack { try flush() }
    put(word)
  }

  /// Appends the word of each pixel.
  mutating func append(_ pixels: Span<UInt8>, by table: [Word]) throws {
    var place = 0
    while place < pixels.count {
      if count + 4 >= buffer.count - Self.slack { try flush() }
      let end = min(pixels.count, place + (buffer.count - Self.slack - count) / 4)
      var count = count
      var span = buffer.mutableSpan
      while place < end {
        let pixel = pixels[place]
        if pixel == 0 {
          // Most pixels are 0.
          span[count] = UInt8(ascii: "0")
          span[count + 1] = UInt8(ascii: ",")
          count += 2
        } else {
          let word = table[Int(pixel)]
          span[count] = word.bytes.0
          span[count + 1] = word.bytes.1
          span[count + 2] = word.bytes.2
          span[count + 3] = word.bytes.3
          count += word.count
        }
        place += 1
      }
      self.count = count
    }
  }

  private mutating func put(_ word: Word) {
    (buffer[count], buffer[count + 1], buffer[count + 2], buffer[count + 3]) = word.bytes
    count += word.count
  }

  /// - Precondition: something was appended since the last `flush`.
  mutating func replaceLast(with character: Character) {
    buffer[count - 1] = character.asciiValue!
  }

  mutating func flush() throws {
    try write(Bytes(Array(buffer[..<count])))
    count = 0
  }
}

/// A safetensors file (https://huggingface.co/docs/safetensors): named arrays and text metadata.
///
/// Parsing is strict, see `SafetensorsHeader`. Nothing is copied from a file that can be mapped.
package struct Safetensors: Sendable {
  package struct Tensor: Sendable {
    package let type: ElementType
    package let shape: [Int]
    /// Elements in C order, little-endian, without alignment.
    package let bytes: Bytes

    package init(_ type: ElementType, shape: [Int], bytes: Bytes) {
      precondition(type.byteCount(shape: shape) == bytes.count)
      (self.type, self.shape, self.bytes) = (type, shape, bytes)
    }

    package init(_ values: [Float], shape: [Int]) {
      self.init(.f32, shape: shape, bytes: Bytes(littleEndian: values.map(\.bitPattern)))
    }

    /// The elements of an F32 tensor.
    ///
    /// - Precondition: `type == .f32`.
    package var floats: [Float] {
      precondition(type == .f32)
      return (0..<bytes.count / 4).map { Float(bitPattern: bytes.little(4 * $0)) }
    }
  }

  package struct Metadata: Sendable, Equatable {
    package var entries: [(name: String, value: String)] = []

    package init() {}

    package subscript(name: String) -> String? {
      get { entries.first { $0.name == name }?.value }
      set {
        let place = entries.firstIndex { $0.name == name }
        switch (place, newValue) {
        case (let place?, let value?): entries[place].value = value
        case (let place?, nil): entries.remove(at: place)
        case (nil, let value?): entries.append((name, value))
        case (nil, nil): break
        }
      }
    }

    /// The entries whose names begin with `prefix`, by their names without it.
    func entries(after prefix: String) -> Metadata {
      var rest = Metadata()
      rest.entries = entries.filter { $0.name.hasPrefix(prefix) }
        .map { (String($0.name.dropFirst(prefix.count)), $0.value) }
      return rest
    }

    package static func == (left: Metadata, right: Metadata) -> Bool {
      left.entries.elementsEqual(right.entries) { $0 == $1 }
    }
  }

  package var metadata: Metadata
  package var tensors: [String: Tensor]

  package init(metadata: Metadata, tensors: [String: Tensor]) {
    (self.metadata, self.tensors) = (metadata, tensors)
  }

  /// Reads a file by mapping it, or a pipe from start to end.
  ///
  /// - Throws: `FileError`, of kind `badData` with the place if the file is incomplete or malformed.
  package init(reading file: InputFile) throws {
    try self.init(mapped: file.mapped(), of: file)
  }

  /// Parses a file in memory; `file` gives its name for errors.
  ///
  /// - Throws: `FileError` of kind `badData` with the place if the file is incomplete or malformed.
  package init(_ bytes: Bytes, of file: InputFile) throws {
    try self.init(mapped: bytes, of: file)
  }

  private init(mapped: Bytes?, of file: InputFile) throws {
    func part(_ start: Int, _ count: Int) throws -> Bytes {
      guard let mapped else { return try file.read(upTo: count) }
      let first = min(start, mapped.count)
      return mapped[first..<first + min(count, mapped.count - first)]
    }
    let length = try SafetensorsHeader.length(prefix: part(0, 8), in: file)
    let text = try part(8, length)
    guard text.count == length else {
      throw file.malformed("the header should take \(length) bytes, and the file ends after \(text.count) of them")
    }
    let header = try SafetensorsHeader(text: Array(text), in: file)
    let start = 8 + length
    let data = try part(start, header.dataLength)
    guard data.count == header.dataLength else {
      throw file.malformed(
        "the tensors should take \(header.dataLength) bytes, and the file ends after \(data.count) of them")
    }
    guard try part(start + data.count, 1).count == 0 else {
      throw file.malformed("bytes follow the last tensor", at: .byte(start + data.count))
    }
    metadata = header.metadata
    tensors = [:]
    for entry in header.entries {
      tensors[entry.name] = Tensor(entry.type, shape: entry.shape, bytes: data[entry.range])
    }
  }
}

extension Bytes {
  /// The integers as little-endian bytes.
  package init<Value: FixedWidthInteger & BitwiseCopyable>(littleEndian values: [Value]) {
    let ordered = values.map(\.littleEndian)
    self.init(count: values.count * MemoryLayout<Value>.size) { target in
      ordered.withUnsafeBytes { target.copyMemory(from: $0) }
    }
  }
}

extension Safetensors {
  /// The bytes before the tensors: the header's length, and the header padded with spaces to a multiple of eight bytes.
  ///
  /// As in the reference implementation, tensors are ordered by falling rank of their type, then by name.
  package var header: [UInt8] {
    var members: [JSON.Member] = []
    if !metadata.entries.isEmpty {
      members.append(.init("__metadata__", .object(metadata.entries.map { .init($0.name, .string($0.value)) })))
    }
    var offset = 0
    for (name, tensor) in ordered {
      let end = offset + tensor.bytes.count
      members.append(
        .init(
          name,
          .object([
            .init("dtype", .string(tensor.type.rawValue)),
            .init("shape", .array(tensor.shape.map { JSON($0) })),
            .init("data_offsets", .array([JSON(offset), JSON(end)])),
          ])))
      offset = end
    }
    var text = Array(JSON.object(members).text.utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }

  /// The tensors in the order of their data.
  private var ordered: [(name: String, tensor: Tensor)] {
    tensors.map { ($0.key, $0.value) }.sorted {
      ($1.tensor.type.rank, Array($0.name.utf8)) < ($0.tensor.type.rank, Array($1.name.utf8))
    }
  }

  /// Calls `write` with the file, part by part.
  package func write(to write: (Bytes) throws -> Void) rethrows {
    try write(Bytes(header))
    for (_, tensor) in ordered { try write(tensor.bytes) }
  }
}

private func < (left: (Int, [UInt8]), right: (Int, [UInt8])) -> Bool {
  left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}

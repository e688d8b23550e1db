// Writes MATLAB files: `images` of rows × columns × examples or `features` of examples × features, `labels` of
// examples × 1, and `classes`, a matrix of characters with a row for each name.

extension Dataset {
  /// - Parameter tool: name and version of the program that makes it.
  /// - Throws: errors of `write`; `FileError` of kind `badData` if there is more data than the format can hold.
  func writeMATLAB(
    tool: String, _ report: (_ done: Int, _ total: Int) -> Void, to write: @escaping (Bytes) throws -> Void
  ) throws {
    guard inputs.bytes.count <= MATLABWriter.maximumSize else {
      throw FileError(
        .badData, file: source, "has \(inputs.bytes.count) bytes of data, and a variable of a MATLAB file 4 GB at most")
    }
    let writer = try MATLABWriter(tool: tool, write: write)
    switch inputs {
    case .pixels(_, let rows, let columns):
      try writer.append("images", .uint8, [rows, columns, count]) { put in
        let length = max(1, (1 << 20) / inputs.stride)
        for start in stride(from: 0, to: count, by: length) {
          let block = start..<min(start + length, count)
          let bytes = selecting(block).inputs.bytes
          let pictures = NumberArray(.uint8, isBigEndian: false, shape: [block.count, rows, columns], bytes: bytes)
          try put(pictures.transposed([0, 2, 1]).bytes)
          bytes.dropPages()
          report(block.upperBound, count)
        }
      }
    case .features(_, let width):
      try writer.append("features", .single, [count, width]) { put in
        // Several columns are taken from each reading of the examples.
        let length = max(1, (8 << 20) / max(count, 1))
        for start in stride(from: 0, to: width, by: length) {
          let columns = start..<min(start + length, width)
          try put(Bytes(littleEndian: columns.flatMap { column in (0..<count).map { feature($0, column).bitPattern } }))
          inputs.bytes.dropPages()
          report(columns.upperBound, width)
        }
      }
    }
    guard let labels else { return }
    if labels.max() ?? 0 < 256 {
      try writer.append("labels", .uint8, [count, 1]) { put in try put(Bytes(labels.map { UInt8($0) })) }
    } else {
      try writer.append("labels", .uint16, [count, 1]) { put in try put(Bytes(littleEndian: labels)) }
    }
    let names = classes.map { Array($0.utf16) }
    let length = names.map(\.count).max() ?? 0
    try writer.append("classes", .characters, [names.count, length]) { put in
      let blank = UInt16(UInt8(ascii: " "))
      try put(
        Bytes(littleEndian: (0..<length).flatMap { place in names.map { place < $0.count ? $0[place] : blank } }))
    }
  }
}

/// The forms of one file that data can be written in.
package enum DataEncoding: String, CaseIterable, Sendable {
  case safetensors, idx, npy, npz, csv, libsvm, sheet

  /// Whether labels go into a file of their own.
  package var isPair: Bool { self == .idx || self == .npy }

  /// Whether the form is text or numbers alone, which may be compressed by gzip.
  package var mayBeCompressed: Bool { ![.safetensors, .npz, .sheet].contains(self) }
}

extension Dataset {
  /// Hands the file to `write`, part by part; of a pair of files, that of the images.
  ///
  /// - Parameters:
  ///   - tool: name and version of the program that makes it.
  ///   - columns: pictures in a row of a sheet.
  ///   - report: is told how much of how much is written, in whatever unit, now and then.
  /// - Throws: what `write` throws; `FileError` of kind `badData` if the form has no room for the data.
  package func write(
    as encoding: DataEncoding, tool: String, columns: Int, report: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    to write: @escaping (Bytes) throws -> Void
  ) throws {
    switch encoding {
    case .safetensors: try file(tool: tool).write(to: write)
    case .idx:
      try write(Bytes(IDX.header(element, shape: shape)))
      try forEachBlock(report) { block in try write(isFeatures ? block.withOppositeFloats : block) }
    case .npy:
      try write(Bytes(NPY.header(type: isFeatures ? "<f4" : "|u1", shape: shape)))
      try forEachBlock(report, write)
    case .npz:
      let zip = ZipWriter(write: write)
      let header = Bytes(NPY.header(type: isFeatures ? "<f4" : "|u1", shape: shape))
      try zip.append("images.npy", [header, inputs.bytes])
      if let labels { try zip.append("labels.npy", Self.npy(labels)) }
      try zip.finish()
    case .csv: try writeCSV(report, to: write)
    case .libsvm: try writeLIBSVM(report, to: write)
    case .sheet: try write(PictureSheet.file(of: self, columns: columns))
    }
  }

  /// Hands the file of labels to `write`.
  ///
  /// - Precondition: there are labels, and the form is one of pairs.
  package func writeLabels(as encoding: DataEncoding, to write: (Bytes) throws -> Void) throws {
    let labels = labels!
    if encoding == .npy { return try Self.npy(labels).forEach(write) }
    let greatest = labels.max() ?? 0
    if greatest < 256 {
      try write(Bytes(IDX.header(.uint8, shape: [count]) + labels.map { UInt8($0) }))
    } else {
      // IDX has no unsigned type of two bytes.
      try write(Bytes(IDX.header(.int32, shape: [count])))
      try write(Bytes(littleEndian: labels.map { UInt32($0).byteSwapped }))
    }
  }

  private static func npy(_ labels: [UInt16]) -> [Bytes] {
    let isWide = (labels.max() ?? 0) > 255
    return [
      Bytes(NPY.header(type: isWide ? "<u2" : "|u1", shape: [labels.count])),
      isWide ? Bytes(littleEndian: labels) : Bytes(labels.map { UInt8($0) }),
    ]
  }

  private var isFeatures: Bool {
    if case .features = inputs { true } else { false }
  }

  private var element: NumberArray.Element { isFeatures ? .float32 : .uint8 }

  private var shape: [Int] {
    switch inputs {
    case .pixels(_, let rows, let columns): [count, rows, columns]
    case .features(_, let width): [count, width]
    }
  }

  /// The inputs in runs, none of which splits a number.
  private func forEachBlock(_ report: (_ done: Int, _ total: Int) -> Void, _ body: (Bytes) throws -> Void) rethrows {
    let length = 1 << 20
    for start in stride(from: 0, to: inputs.bytes.count, by: length) {
      report(start, inputs.bytes.count)
      let block = inputs.bytes[start..<min(start + length, inputs.bytes.count)]
      try body(block)
      block.dropPages()
    }
  }
}

extension Bytes {
  /// Floats in the other order of bytes.
  fileprivate var withOppositeFloats: Bytes {
    Bytes(littleEndian: (0..<count / 4).map { little(4 * $0, as: UInt32.self).byteSwapped })
  }
}

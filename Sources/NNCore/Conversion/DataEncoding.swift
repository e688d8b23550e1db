/// The formats in which one file of data can be written.
package enum DataEncoding: String, CaseIterable, Sendable {
  case safetensors, idx, npy, npz, csv, libsvm, sheet, parquet, matlab

  /// Whether labels are written to a file of their own.
  package var isPair: Bool { self == .idx || self == .npy }

  /// Whether the format has no compression of its own, so that the file may be compressed by gzip.
  package var mayBeCompressed: Bool { ![.safetensors, .npz, .sheet, .parquet, .matlab].contains(self) }
}

extension Dataset {
  /// Calls `write` with the file, part by part. For a pair of files it writes the images.
  ///
  /// - Parameters:
  ///   - tool: name and version of the program that makes it.
  ///   - columns: pictures in a row of a sheet.
  ///   - pool: returns the threads for a number of pieces of work.
  ///   - report: is called now and then with the amount that is written and the total, in any unit.
  /// - Throws: errors of `write`; `FileError` of kind `badData` if the format can't hold the data.
  package func write(
    as encoding: DataEncoding, tool: String, columns: Int, pool: (Int) -> WorkerPool,
    report: (_ done: Int, _ total: Int) -> Void = { _, _ in }, to write: @escaping (Bytes) throws -> Void
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
    case .parquet: try writeParquet(tool: tool, pool: pool, report, to: write)
    case .matlab: try writeMATLAB(tool: tool, report, to: write)
    case .sheet: try write(PictureSheet.file(of: self, columns: columns))
    }
  }

  /// Calls `write` with the file of labels.
  ///
  /// - Precondition: there are labels, and `encoding.isPair`.
  package func writeLabels(as encoding: DataEncoding, to write: (Bytes) throws -> Void) throws {
    let labels = labels!
    if encoding == .npy { return try Self.npy(labels).forEach(write) }
    let maximum = labels.max() ?? 0
    if maximum < 256 {
      try write(Bytes(IDX.header(.uint8, shape: [count]) + labels.map { UInt8($0) }))
    } else {
      // IDX has no unsigned 16-bit type.
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

  /// Calls `body` with blocks of the inputs. No block splits a number.
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
  /// The floats with reversed byte order.
  fileprivate var withOppositeFloats: Bytes {
    Bytes(littleEndian: (0..<count / 4).map { little(4 * $0, as: UInt32.self).byteSwapped })
  }
}

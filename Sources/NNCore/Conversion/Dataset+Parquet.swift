// Writes Parquet: pictures as Hugging Face's data sets have them, or a column for each feature.

extension Dataset {
  /// - Parameters:
  ///   - tool: name and version of the program that makes it.
  ///   - pool: returns the threads for a number of pieces of work.
  /// - Throws: errors of `write`.
  func writeParquet(
    tool: String, pool: (Int) -> WorkerPool, _ report: (_ done: Int, _ total: Int) -> Void,
    to write: @escaping (Bytes) throws -> Void
  ) throws {
    let label = labels == nil ? [] : [ParquetWriter.Column(path: ["label"], type: .int64)]
    let (columns, features): ([ParquetWriter.Column], [JSON.Member])
    switch inputs {
    case .pixels:
      columns = [.init(path: ["image", "bytes"], type: .bytes), .init(path: ["image", "path"], type: .text)]
      features = [JSON.Member("image", .object([JSON.Member("_type", .string("Image"))]))]
    case .features(_, let width):
      columns = (0..<width).map { .init(path: ["feature\($0)"], type: .float) }
      let kind = JSON.object([JSON.Member("dtype", .string("float32")), JSON.Member("_type", .string("Value"))])
      features = columns.map { JSON.Member($0.path[0], kind) }
    }
    let writer = try ParquetWriter(columns + label, write: write)
    try writeRowGroups(to: writer, pool, report)
    let names = JSON.array(classes.map { .string($0) })
    let kind = JSON.object([JSON.Member("names", names), JSON.Member("_type", .string("ClassLabel"))])
    let all = JSON.object(features + (labels == nil ? [] : [JSON.Member("label", kind)]))
    let note = JSON.object([JSON.Member("info", .object([JSON.Member("features", all)]))])
    try writer.finish(notes: [(key: "huggingface", value: note.text)], tool: tool)
  }

  /// The rows of a group, of which a table has more: groups of about 32 MB.
  private var rowsInGroup: Int {
    let most = if case .pixels = inputs { 1000 } else { 10000 }
    return max(1, min(most, (32 << 20) / inputs.stride))
  }

  private func writeRowGroups(
    to writer: ParquetWriter, _ pool: (Int) -> WorkerPool, _ report: (_ done: Int, _ total: Int) -> Void
  ) throws {
    let length = rowsInGroup
    let groupCount = (count + length - 1) / length
    let pool = pool(groupCount)
    let encoders = (0..<pool.count).map { _ -> GreyPNGEncoder? in
      if case .pixels(_, let rows, let columns) = inputs { GreyPNGEncoder(width: columns, height: rows) } else { nil }
    }
    func rows(_ group: Int) -> Range<Int> { group * length..<min((group + 1) * length, count) }
    var begun = 0
    try pool.forEachInOrder(ahead: 2 * pool.count) {
      begun += 1
      return begun <= groupCount ? begun - 1 : nil
    } produce: { worker, group in
      (group: group, values: encoders[worker].map { pictures(rows(group), $0) } ?? columnsOfFeatures(rows(group)))
    } consume: { group, values in
      let rows = rows(group)
      let labels = labels.map { [[UInt8](Bytes(littleEndian: $0[rows].map(Int64.init)))] } ?? []
      try writer.append(rowCount: rows.count, values + labels)
      selecting(rows).inputs.bytes.dropPages()
      report(rows.upperBound, count)
    }
  }

  /// The encoded columns of pictures: the files, each after its length, and no paths.
  private func pictures(_ rows: Range<Int>, _ encoder: GreyPNGEncoder) -> [[UInt8]?] {
    var values: [UInt8] = []
    for row in rows {
      let file = encoder.encode(example(row))
      values += [UInt8](Bytes(littleEndian: [UInt32(file.count)])) + file
    }
    return [values, nil]
  }

  /// The encoded columns of features.
  private func columnsOfFeatures(_ rows: Range<Int>) -> [[UInt8]?] {
    (0..<inputCount).map { column in
      [UInt8](Bytes(littleEndian: rows.map { feature($0, column).bitPattern }))
    }
  }
}

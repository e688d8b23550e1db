/// Writes a Parquet file, one row group after the other: a page of version 1 for each column, plain and uncompressed.
///
/// parquet.thrift of Apache Parquet tells the structures and the numbers of their fields.
final class ParquetWriter {
  /// A column; `path` has two names if it is a field of a structure.
  struct Column {
    let path: [String]
    let type: Kind

    enum Kind: Int {
      case int64 = 2
      case float = 4
      case text = 6
      /// Bytes that are no text.
      case bytes = -6

      /// Its number in parquet.thrift.
      var physicalType: Int { abs(rawValue) }
    }
  }

  private struct Group {
    let rowCount: Int
    let chunks: [Chunk]
  }

  /// Where a column of a row group is.
  private struct Chunk {
    let start: Int
    let size: Int
  }

  private let columns: [Column]
  private let write: (Bytes) throws -> Void
  private var offset = 0
  private var groups: [Group] = []

  private static let magic = Array("PAR1".utf8)
  /// The numbers of encodings in parquet.thrift.
  private static let (plain, runs) = (0, 3)

  init(_ columns: [Column], write: @escaping (Bytes) throws -> Void) throws {
    (self.columns, self.write) = (columns, write)
    try put(Self.magic)
  }

  /// Writes rows.
  ///
  /// - Parameter values: the encoded values of each column; nil for a column without values in all of these rows.
  /// - Throws: errors of `write`.
  func append(rowCount: Int, _ values: [[UInt8]?]) throws {
    var chunks: [Chunk] = []
    for (column, values) in zip(columns, values) {
      let start = offset
      let body = levels(rowCount, column, areThere: values != nil)
      let size = body.count + (values?.count ?? 0)
      var header = ThriftWriter()
      header.putStructure { header in
        header.put(0, at: 1)
        header.put(size, at: 2)
        header.put(size, at: 3)
        header.put(structureAt: 5) { data in
          data.put(rowCount, at: 1)
          data.put(Self.plain, at: 2)
          data.put(Self.runs, at: 3)
          data.put(Self.runs, at: 4)
        }
      }
      try put(header.bytes + body)
      if let values { try put(values) }
      chunks.append(Chunk(start: start, size: offset - start))
    }
    groups.append(Group(rowCount: rowCount, chunks: chunks))
  }

  /// The definition levels of a page, which tell whether values are there: one run for all rows.
  private func levels(_ rowCount: Int, _ column: Column, areThere: Bool) -> [UInt8] {
    var run: [UInt8] = []
    var rest = rowCount << 1
    while rest >= 0x80 {
      run.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    run += [UInt8(rest), UInt8(column.path.count - (areThere ? 0 : 1))]
    return [UInt8(run.count), 0, 0, 0] + run
  }

  /// Finishes the file.
  ///
  /// - Parameters:
  ///   - notes: keys and values that stand in the metadata.
  ///   - tool: the program that makes the file.
  /// - Throws: errors of `write`.
  func finish(notes: [(key: String, value: String)], tool: String) throws {
    var metadata = ThriftWriter()
    metadata.putStructure { metadata in
      metadata.put(1, at: 1)
      metadata.put(schema, at: 2, as: .structure) { $0.putStructure($1.put) }
      metadata.put(groups.reduce(0) { $0 + $1.rowCount }, at: 3, as: .int64)
      metadata.put(groups, at: 4, as: .structure, put)
      metadata.put(notes, at: 5, as: .structure) { writer, note in
        writer.putStructure { writer in
          writer.put(note.key, at: 1)
          writer.put(note.value, at: 2)
        }
      }
      metadata.put(tool, at: 6)
    }
    try put(metadata.bytes)
    try put([UInt8](Bytes(littleEndian: [UInt32(metadata.bytes.count)])) + Self.magic)
  }

  private func put(_ writer: inout ThriftWriter, _ group: Group) {
    let size = group.chunks.reduce(0) { $0 + $1.size }
    writer.putStructure { writer in
      writer.put(Array(zip(columns, group.chunks)), at: 1, as: .structure) { writer, item in
        let (column, chunk) = item
        writer.putStructure { writer in
          writer.put(chunk.start, at: 2, as: .int64)
          writer.put(structureAt: 3) { metadata in
            metadata.put(column.type.physicalType, at: 1)
            metadata.put([Self.plain, Self.runs], at: 2, as: .int32) { $0.putZigzag($1) }
            metadata.put(column.path, at: 3, as: .binary) { $0.put($1) }
            metadata.put(0, at: 4)
            metadata.put(group.rowCount, at: 5, as: .int64)
            metadata.put(chunk.size, at: 6, as: .int64)
            metadata.put(chunk.size, at: 7, as: .int64)
            metadata.put(chunk.start, at: 9, as: .int64)
          }
        }
      }
      writer.put(size, at: 2, as: .int64)
      writer.put(group.rowCount, at: 3, as: .int64)
    }
  }

  private func put(_ bytes: [UInt8]) throws {
    try write(Bytes(bytes))
    offset += bytes.count
  }
}

extension ParquetWriter {
  /// A column, or a structure around columns, as the metadata list them.
  private struct SchemaElement {
    let name: String
    var isRoot = false
    var childCount = 0
    var type: Column.Kind?

    /// Writes its fields. Everything but the root is optional.
    func put(_ writer: inout ThriftWriter) {
      if let type { writer.put(type.physicalType, at: 1) }
      if !isRoot { writer.put(1, at: 3) }
      writer.put(name, at: 4)
      if childCount > 0 { writer.put(childCount, at: 5) }
      if type == .text {
        writer.put(0, at: 6)
        writer.put(structureAt: 10) { $0.put(structureAt: 1) { _ in } }
      }
    }
  }

  /// The root, then each structure before its columns.
  private var schema: [SchemaElement] {
    var elements: [SchemaElement] = []
    var names: [String] = []
    for column in columns {
      if names.last != column.path[0] {
        names.append(column.path[0])
        let inner = columns.filter { $0.path.count > 1 && $0.path[0] == column.path[0] }.count
        if inner > 0 { elements.append(SchemaElement(name: column.path[0], childCount: inner)) }
      }
      elements.append(SchemaElement(name: column.path.last!, type: column.type))
    }
    return [SchemaElement(name: "schema", isRoot: true, childCount: names.count)] + elements
  }
}

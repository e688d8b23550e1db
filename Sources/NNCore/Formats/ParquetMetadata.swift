/// What the end of a Parquet file tells of it: its columns, and where their values are.
///
/// parquet.thrift of Apache Parquet tells the structures and the numbers of their fields.
struct ParquetMetadata {
  private(set) var rowCount = 0
  private(set) var columns: [ParquetColumn] = []
  private(set) var groups: [RowGroup] = []
  /// The writer's notes, such as the features of a Hugging Face data set.
  private(set) var notes: [String: String] = [:]

  /// Rows whose values stand together.
  struct RowGroup {
    var rowCount = 0
    var chunks: [Chunk] = []
  }

  /// The values of one column in a row group.
  struct Chunk {
    /// The file that holds them; nil for this one.
    var otherFile: String?
    var isEncrypted = false
    var codec = 0
    var valueCount = 0
    var size = 0
    var dataOffset = 0
    var dictionaryOffset: Int?

    /// Where its first page begins.
    var start: Int { dictionaryOffset.map { min($0, dataOffset) } ?? dataOffset }
    var end: Int { start.addingReportingOverflow(size).partialValue }
  }

  init(_ reader: inout ThriftReader) throws {
    var elements: [SchemaElement] = []
    try reader.structure { reader, field, kind in
      switch field {
      case 2: elements = try reader.list(kind) { reader, _ in try SchemaElement(&reader) }
      case 3: rowCount = try reader.count(kind)
      case 4: groups = try reader.list(kind) { reader, _ in try RowGroup(&reader) }
      case 5:
        for note in try reader.list(kind, { reader, _ in try Self.note(&reader) }) { notes[note.key] = note.value }
      default: return false
      }
      return true
    }
    var rest = elements[...]
    guard let root = rest.popFirst() else { throw ThriftReader.Fault(place: 0, message: "it names no columns") }
    for _ in 0..<root.childCount { try appendColumns(&rest, within: ParquetColumn()) }
  }

  /// Appends the columns of the next element and of the elements within it.
  private mutating func appendColumns(_ elements: inout ArraySlice<SchemaElement>, within parent: ParquetColumn) throws
  {
    guard let element = elements.popFirst(), parent.path.count < 32 else {
      throw ThriftReader.Fault(place: 0, message: "its list of columns is damaged")
    }
    var column = parent
    column.path.append(element.name)
    if element.repetition != .required { column.definitionLevel += 1 }
    if element.repetition == .repeated { column.repetitionLevel += 1 }
    if element.childCount > 0 {
      for _ in 0..<element.childCount { try appendColumns(&elements, within: column) }
    } else {
      column.type = element.type
      columns.append(column)
    }
  }

  private static func note(_ reader: inout ThriftReader) throws -> (key: String, value: String) {
    var note = (key: "", value: "")
    try reader.structure { reader, field, kind in
      switch field {
      case 1: note.key = try reader.text(kind)
      case 2: note.value = try reader.text(kind)
      default: return false
      }
      return true
    }
    return note
  }
}

extension ParquetMetadata {
  /// A column, or a structure of columns, as the file lists them: each before those within it.
  struct SchemaElement {
    enum Repetition: Int {
      case required, optional, repeated
    }

    private(set) var name = ""
    private(set) var repetition = Repetition.required
    private(set) var childCount = 0
    private var physicalType: Int?
    private var length = 0
    private var convertedType: Int?
    /// The field of the union of logical types that is set.
    private var logicalType: Int?

    init(_ reader: inout ThriftReader) throws {
      try reader.structure { reader, field, kind in
        switch field {
        case 1: physicalType = try reader.integer(kind)
        case 2: length = try reader.integer(kind)
        case 3: repetition = Repetition(rawValue: try reader.integer(kind)) ?? .repeated
        case 4: name = try reader.text(kind)
        case 5: childCount = try reader.count(kind)
        case 6: convertedType = try reader.integer(kind)
        case 10:
          try reader.structure { reader, field, _ in
            logicalType = field
            return false
          }
        default: return false
        }
        return true
      }
    }

    var type: ParquetType {
      // A decimal's integers are to be divided by a power of ten.
      if convertedType == 5 { return .other("decimal") }
      switch physicalType {
      case 0: return .boolean
      case 1: return .int32(isUnsigned: (11...14).contains(convertedType ?? 0))
      case 2: return .int64(isUnsigned: convertedType == 14)
      case 4: return .float
      case 5: return .double
      case 6: return [0, 4, 19].contains(convertedType) || logicalType == 1 ? .text : .bytes
      case 7 where logicalType == 15 && length == 2: return .float16
      case 3: return .other("int96")
      case 7: return .other("bytes of length \(length)")
      default: return .other("unknown")
      }
    }
  }
}

extension ParquetMetadata.RowGroup {
  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field, kind in
      switch field {
      case 1: chunks = try reader.list(kind) { reader, _ in try ParquetMetadata.Chunk(&reader) }
      case 3: rowCount = try reader.count(kind)
      default: return false
      }
      return true
    }
  }
}

extension ParquetMetadata.Chunk {
  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field, kind in
      switch field {
      case 1: otherFile = try reader.text(kind)
      case 3: try readMetadata(&reader, kind)
      case 8, 9:
        isEncrypted = true
        return false
      default: return false
      }
      return true
    }
  }

  private mutating func readMetadata(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws {
    try reader.structure { reader, field, kind in
      switch field {
      case 4: codec = try reader.integer(kind)
      case 5: valueCount = try reader.count(kind)
      case 7: size = try reader.count(kind)
      case 9: dataOffset = try reader.count(kind)
      case 11:
        // Some writers put 0 where there is no dictionary.
        let offset = try reader.count(kind)
        dictionaryOffset = offset > 0 ? offset : nil
      default: return false
      }
      return true
    }
  }
}

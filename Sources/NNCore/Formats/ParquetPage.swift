/// A page of a column: a part of its values, or the dictionary that they refer to.
struct ParquetPage {
  enum Kind: Int {
    case data, index, dictionary, data2
  }

  /// How values are encoded, by its number in parquet.thrift.
  enum Encoding: Int {
    case plain = 0
    case plainDictionary = 2
    case runs = 3
    case bitPacked = 4
    case deltaBinaryPacked = 5
    case deltaLengthByteArray = 6
    case deltaByteArray = 7
    case dictionary = 8
    case byteStreamSplit = 9

    var title: String {
      switch self {
      case .plain: "PLAIN"
      case .plainDictionary: "PLAIN_DICTIONARY"
      case .runs: "RLE"
      case .bitPacked: "BIT_PACKED"
      case .deltaBinaryPacked: "DELTA_BINARY_PACKED"
      case .deltaLengthByteArray: "DELTA_LENGTH_BYTE_ARRAY"
      case .deltaByteArray: "DELTA_BYTE_ARRAY"
      case .dictionary: "RLE_DICTIONARY"
      case .byteStreamSplit: "BYTE_STREAM_SPLIT"
      }
    }
  }

  private(set) var kind = Kind.index
  private(set) var valueCount = 0
  private(set) var encoding = Encoding.plain
  /// How the levels of a page of version 1 are encoded.
  private(set) var levelEncoding = Encoding.runs
  private(set) var size = 0
  private(set) var packedSize = 0
  private(set) var checksum: UInt32?
  /// Of pages of version 2: the bytes of the levels, which stand before the values and are not compressed.
  private(set) var repetitionSize = 0
  private(set) var definitionSize = 0
  private(set) var isCompressed = true

  /// Reads the header of a page.
  init(_ reader: inout ThriftReader) throws {
    try reader.structure { reader, field, kind in
      switch field {
      case 1: self.kind = Kind(rawValue: try reader.integer(kind)) ?? .index
      case 2: size = try reader.count(kind)
      case 3: packedSize = try reader.count(kind)
      case 4: checksum = UInt32(truncatingIfNeeded: try reader.integer(kind))
      case 5, 7, 8: try readCounts(&reader, isVersion2: field == 8)
      default: return false
      }
      return true
    }
  }

  private mutating func readCounts(_ reader: inout ThriftReader, isVersion2: Bool) throws {
    try reader.structure { reader, field, kind in
      switch (field, isVersion2) {
      case (1, _): valueCount = try reader.count(kind)
      case (2, false), (4, true): encoding = try Self.encoding(&reader, kind)
      case (3, false) where self.kind == .data: levelEncoding = try Self.encoding(&reader, kind)
      case (5, true): definitionSize = try reader.count(kind)
      case (6, true): repetitionSize = try reader.count(kind)
      case (7, true): isCompressed = try reader.boolean(kind)
      default: return false
      }
      return true
    }
  }

  private static func encoding(_ reader: inout ThriftReader, _ kind: ThriftReader.Kind) throws -> Encoding {
    let number = try reader.integer(kind)
    guard let encoding = Encoding(rawValue: number) else {
      throw ParquetFault(message: "has the unknown encoding \(number)")
    }
    return encoding
  }
}

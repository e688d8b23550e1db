/// The pages of one column in a row group, one after the other.
struct ParquetColumnPages {
  private let bytes: Bytes
  private let column: ParquetColumn
  private let codec: Codec
  private let limit: InflationLimit
  private let file: InputFile
  private let end: Int
  private var place: Int
  private var dictionary: ParquetValues?
  /// The rows whose values are still to come.
  private var rows: Range<Int>

  private enum Codec: Int {
    case none, snappy, gzip
  }

  /// The names of the compressions that aren't read, in the order of parquet.thrift.
  private static let otherCodecs = [3: "LZO", 4: "Brotli", 5: "LZ4", 6: "ZSTD", 7: "LZ4"]

  init(
    _ bytes: Bytes, _ column: ParquetColumn, _ chunk: ParquetMetadata.Chunk, rows: Range<Int>, limit: InflationLimit,
    of file: InputFile
  ) throws {
    func fault(_ message: String) -> FileError { file.malformed("parquet: column \(column.name): \(message)") }
    if let other = chunk.otherFile { throw fault("is in the file '\(other)'") }
    guard !chunk.isEncrypted else { throw fault("is encrypted") }
    guard let codec = Codec(rawValue: chunk.codec) else {
      let name = Self.otherCodecs[chunk.codec] ?? "method \(chunk.codec)"
      throw fault("is compressed by \(name), which is not read here: write it with compression \"snappy\"")
    }
    guard column.repetitionLevel == 0 else { throw fault("holds lists") }
    guard chunk.valueCount == rows.count else { throw fault("has \(chunk.valueCount) values for \(rows.count) rows") }
    guard chunk.start <= bytes.count, chunk.size <= bytes.count - chunk.start else {
      throw fault("ends beyond the file")
    }
    (self.bytes, self.column, self.codec, self.limit, self.file) = (bytes, column, codec, limit, file)
    (self.rows, place, end) = (rows, chunk.start, chunk.start + chunk.size)
  }

  /// The values of the next page; nil after the last.
  ///
  /// - Throws: `FileError` of kind `badData` if the page is damaged, or a row has no value.
  mutating func next() throws -> ParquetValues? {
    while !rows.isEmpty {
      let start = place
      do {
        if let values = try nextPage() { return values }
      } catch let fault as ThriftReader.Fault {
        throw file.malformed("parquet: column \(column.name): \(fault.message)", at: .byte(fault.place))
      } catch let fault as ParquetFault {
        throw file.malformed("parquet: column \(column.name): \(fault.message)", at: .byte(start))
      }
    }
    return nil
  }

  /// The values of the page at `place`; nil for a page without values of rows.
  private mutating func nextPage() throws -> ParquetValues? {
    var reader = ThriftReader(bytes[0..<end], at: place)
    let page = try ParquetPage(&reader)
    guard page.packedSize <= end - reader.place else {
      throw ParquetFault(message: "a page is longer than its column")
    }
    let packed = bytes[reader.place..<reader.place + page.packedSize]
    place = reader.place + page.packedSize
    if let checksum = page.checksum, crc32(packed) != checksum { throw ParquetFault(message: "the checksum is wrong") }
    switch page.kind {
    case .index: return nil
    case .dictionary:
      dictionary = try ParquetValues(plain: unpacked(packed, size: page.size), column.type, count: page.valueCount)
      return nil
    case .data, .data2:
      guard page.valueCount <= rows.count else {
        throw ParquetFault(message: "has more values than its row group has rows")
      }
      let encoded = try page.kind == .data ? valuesOfVersion1(page, packed) : valuesOfVersion2(page, packed)
      let values = try decoded(encoded, page)
      rows = rows.lowerBound + page.valueCount..<rows.upperBound
      return values.count > 0 ? values : nil
    }
  }

  /// The encoded values of a page of version 1, whose levels are compressed with the values.
  private func valuesOfVersion1(_ page: ParquetPage, _ packed: Bytes) throws -> Bytes {
    let body = try unpacked(packed, size: page.size)
    guard column.definitionLevel > 0 else { return body }
    guard page.levelEncoding == .runs else { throw ParquetFault(message: "has levels of the encoding BIT_PACKED") }
    guard body.count >= 4 else { throw ParquetFault(message: "a page is too short") }
    let size = Int(body.little(0, as: UInt32.self))
    guard size <= body.count - 4 else { throw ParquetFault(message: "the levels are longer than their page") }
    try requireValues(body[4..<4 + size], count: page.valueCount)
    return body[4 + size..<body.count]
  }

  /// The encoded values of a page of version 2, whose levels stand before it and are not compressed.
  private func valuesOfVersion2(_ page: ParquetPage, _ packed: Bytes) throws -> Bytes {
    let (repetition, definition) = (page.repetitionSize, page.definitionSize)
    guard repetition <= packed.count, definition <= packed.count - repetition, repetition + definition <= page.size
    else { throw ParquetFault(message: "the levels are longer than their page") }
    if column.definitionLevel > 0 {
      try requireValues(packed[repetition..<repetition + definition], count: page.valueCount)
    }
    let values = packed[repetition + definition..<packed.count]
    return page.isCompressed ? try unpacked(values, size: page.size - repetition - definition) : values
  }

  /// Checks that no row lacks its value.
  private func requireValues(_ levels: Bytes, count: Int) throws {
    let width = Int.bitWidth - column.definitionLevel.leadingZeroBitCount
    let levels = try BitPackedRuns.decode(levels, width: width, count: count)
    if let missing = levels.firstIndex(where: { $0 != UInt32(column.definitionLevel) }) {
      throw ParquetFault(message: "has no value in row \(rows.lowerBound + missing)")
    }
  }

  private func decoded(_ encoded: Bytes, _ page: ParquetPage) throws -> ParquetValues {
    switch page.encoding {
    case .plain: return try ParquetValues(plain: encoded, column.type, count: page.valueCount)
    case .plainDictionary, .dictionary:
      guard let dictionary else { throw ParquetFault(message: "has no dictionary") }
      guard encoded.count > 0 else { throw ParquetFault(message: "a page is too short") }
      let width = Int(encoded[0])
      guard width <= 32 else { throw ParquetFault(message: "its dictionary is asked for by \(width) bits") }
      return try dictionary.chosen(
        BitPackedRuns.decode(encoded[1..<encoded.count], width: width, count: page.valueCount))
    case .runs where column.type == .boolean:
      guard encoded.count >= 4 else { throw ParquetFault(message: "a page is too short") }
      return .numbers(
        try BitPackedRuns.decode(encoded[4..<encoded.count], width: 1, count: page.valueCount).map(Double.init))
    default:
      throw ParquetFault(
        message: "has the encoding \(page.encoding.title), which is not read here: write it with a dictionary, or plain"
      )
    }
  }

  private func unpacked(_ packed: Bytes, size: Int) throws -> Bytes {
    guard codec != .none else { return packed }
    guard size <= limit.maximum(from: packed.count) else {
      throw file.malformed(
        "parquet: column \(column.name): \(limit.refusal(from: packed.count))", at: .byte(place),
        remedy: .allowMoreInflation)
    }
    do {
      return codec == .snappy ? try Snappy.decompress(packed, size: size) : try inflated(packed, size: size)
    } catch let fault as Snappy.Fault {
      throw ParquetFault(message: "snappy: \(fault)")
    } catch let fault as Inflater.Fault {
      throw ParquetFault(message: "gzip: \(fault)")
    }
  }

  private func inflated(_ packed: Bytes, size: Int) throws -> Bytes {
    var output = BytesBuilder(capacity: size)
    let inflater = try Inflater(.gzip, packed)
    while try !inflater.next(into: &output) {
      guard output.count <= size else { throw ParquetFault(message: "gzip: holds more than \(size) bytes") }
    }
    guard output.count == size else { throw ParquetFault(message: "gzip: holds \(output.count) bytes, not \(size)") }
    return try output.finish()
  }
}

/// Reads the columns of a Parquet file, page by page.
///
/// Pages of both versions are read, plain or with a dictionary, uncompressed or compressed by Snappy or gzip. The
/// format is described in README.md and Encodings.md of Apache Parquet.
struct Parquet {
  let metadata: ParquetMetadata
  private let bytes: Bytes
  private let file: InputFile
  private let limit: InflationLimit

  private static let magic = Array("PAR1".utf8)

  static func recognizes(_ bytes: Bytes) -> Bool { bytes.hasBytes(magic) }

  /// - Throws: `FileError` of kind `badData` if the metadata at the end of the file are damaged.
  init(_ bytes: Bytes, limit: InflationLimit, of file: InputFile) throws {
    (self.bytes, self.file, self.limit) = (bytes, file, limit)
    if bytes.hasBytes(Array("PARE".utf8), at: max(0, bytes.count - 4)) { throw file.malformed("parquet: is encrypted") }
    guard bytes.count >= 12, bytes.hasBytes(Self.magic, at: bytes.count - 4) else {
      throw file.malformed("parquet: has no metadata at its end: it is damaged or cut off", at: .byte(bytes.count))
    }
    let size = Int(bytes.little(bytes.count - 8, as: UInt32.self))
    guard size <= bytes.count - 12 else {
      throw file.malformed("parquet: its metadata of \(size) bytes are longer than it", at: .byte(bytes.count - 8))
    }
    let start = bytes.count - 8 - size
    var reader = ThriftReader(bytes[start..<bytes.count - 8])
    do {
      metadata = try ParquetMetadata(&reader)
    } catch let fault as ThriftReader.Fault {
      throw file.malformed("parquet: the metadata are damaged: \(fault.message)", at: .byte(start + fault.place))
    }
    try check()
  }

  /// Compares the counts that the file tells with each other, and with what a file of its size can hold.
  private func check() throws {
    var rows = 0
    for (number, group) in metadata.groups.enumerated() {
      guard group.chunks.count == metadata.columns.count else {
        throw file.malformed(
          "parquet: row group \(number) has \(group.chunks.count) columns, the file \(metadata.columns.count)")
      }
      rows = rows.addingReportingOverflow(group.rowCount).partialValue
      guard rows >= 0, rows <= metadata.rowCount else { break }
    }
    guard rows == metadata.rowCount else {
      throw file.malformed("parquet: says that it has \(metadata.rowCount) rows, its row groups have others")
    }
    // A byte a value at least is kept.
    let (values, isTooLarge) = rows.multipliedReportingOverflow(by: metadata.columns.count)
    guard !isTooLarge, values <= limit.maximum(from: bytes.count) else {
      throw file.malformed("parquet: \(limit.refusal(from: bytes.count))", remedy: .allowMoreInflation)
    }
  }

  /// The pages of a column in a row group whose first row is `firstRow`.
  ///
  /// - Throws: `FileError` of kind `badData` if the column is encrypted, compressed by another method, or not within
  ///   the file.
  func pages(of column: Int, in group: Int, firstRow: Int) throws -> ParquetColumnPages {
    try ParquetColumnPages(
      bytes, metadata.columns[column], metadata.groups[group].chunks[column],
      rows: firstRow..<firstRow + metadata.groups[group].rowCount, limit: limit, of: file)
  }

  /// Tells the system that a row group has been passed. Values that are still needed are read from the file again.
  func dropPages(of group: Int) {
    let chunks = metadata.groups[group].chunks
    guard let start = chunks.map(\.start).min(), let end = chunks.map(\.end).max(), start < end, end <= bytes.count
    else { return }
    bytes[start..<end].dropPages()
  }

  /// The values of a column in all row groups.
  func values(of column: Int) -> ParquetColumnValues { ParquetColumnValues(of: column, in: self) }
}

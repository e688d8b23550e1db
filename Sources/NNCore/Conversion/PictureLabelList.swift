/// A table of pictures, such as `labels.tsv`: a file and its label a line, in columns that a header may name.
struct PictureLabelList {
  /// The paths of the pictures.
  private(set) var files: [String] = []
  /// nil if the user chose none.
  private(set) var labels: LabelNames?

  private static let fileNames: Set<String> = [
    "file", "filename", "file_name", "name", "path", "image", "picture", "id",
  ]

  /// Whether the first line of a table, or the one after its header, names a picture and has other fields.
  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes[0..<min(bytes.count, 1 << 16)].withSpan { text in
      var fields = SeparatedText(text)
      for _ in 0..<2 {
        guard fields.findLine(text), let row = fields.line(text), row.count > 1 else { return false }
        if row.contains(where: PictureFile.hasEnding) { return true }
      }
      return false
    }
  }

  /// - Parameters:
  ///   - folder: the folder that names of files are relative to, with its slash; empty for the working folder.
  ///   - labelColumn: the column of the labels if the user named it.
  /// - Throws: `FileError`, of kind `cannotOpen` with the line that names a file that is not there.
  init(_ bytes: Bytes, in folder: String, labelColumn: LabelColumn?, of file: InputFile) throws {
    var (header, columns): (CSVHeader?, Columns?)
    if labelColumn != LabelColumn.none { labels = LabelNames() }
    var fields = bytes.withSpan { SeparatedText($0) }
    while let (line, row) = try bytes.withSpan({ try Self.next($0, &fields, file) }) {
      if columns == nil {
        if header == nil, Self.isHeader(row) {
          header = CSVHeader(row)
          continue
        }
        columns = try Columns(row, header, labelColumn, of: file)
      }
      guard let columns, row.count > max(columns.file, columns.label ?? 0) else {
        throw file.malformed("has \(row.count) fields: a file and its label are wanted", at: .line(line))
      }
      guard let path = Self.path(row[columns.file], in: folder) else {
        throw FileError(.cannotOpen, file: file.name, at: .line(line), "'\(row[columns.file])' is not there")
      }
      files.append(path)
      guard let label = columns.label else { continue }
      do {
        try labels?.append(row[label])
      } catch {
        throw file.malformed(error.description, at: .line(line))
      }
    }
    guard !files.isEmpty else { throw file.malformed("lists no pictures") }
  }

  private static func isHeader(_ row: [String]) -> Bool {
    !row.contains(where: PictureFile.hasEnding)
      && row.contains { CSVLayout.isLabelName($0) || fileNames.contains($0.lowercased()) }
  }

  /// The path of the file that an entry names; nil if there is none. Some lists leave out the endings of the names.
  private static func path(_ name: String, in folder: String) -> String? {
    let path = name.hasPrefix("/") ? name : folder + name
    return (PictureFile.hasEnding(path) ? [path] : PictureFile.paths(of: path)).first(where: InputFile.exists)
  }

  /// The columns that hold the files and the labels, from 0.
  private struct Columns {
    let file: Int
    let label: Int?

    /// - Parameters:
    ///   - row: the first line after the header.
    init(_ row: [String], _ header: CSVHeader?, _ chosen: LabelColumn?, of file: InputFile) throws {
      let named =
        row.firstIndex(where: PictureFile.hasEnding)
        ?? header?.names.firstIndex { PictureLabelList.fileNames.contains($0.lowercased()) }
      switch chosen {
      case .none?: label = nil
      case .last?: label = row.count - 1
      case .number(let number)? where row.indices.contains(number - 1): label = number - 1
      case .number(let number)?: throw file.malformed("has \(row.count) columns, no column \(number)")
      case .oneHot?: throw file.malformed("labels of pictures are taken from one column")
      case .name(let name)?:
        guard let place = header?.names.firstIndex(of: name) else { throw file.malformed("has no column '\(name)'") }
        label = place
      case nil: label = header?.labelColumn ?? (named == nil || named == 0 ? 1 : 0)
      }
      self.file = named ?? (label == 0 ? 1 : 0)
    }
  }

  private static func next(
    _ text: Span<UInt8>, _ fields: inout SeparatedText, _ file: InputFile
  ) throws -> (line: Int, row: [String])? {
    guard fields.findLine(text) else { return nil }
    let line = fields.line
    guard let row = fields.line(text) else {
      throw file.malformed("a quoted field is not closed as it should be", at: .line(line))
    }
    return (line, row)
  }
}

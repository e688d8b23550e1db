/// The content of `labels.tsv` or `labels.csv`: a file and its label a line, in columns that a header may name.
struct PictureLabelList {
  private(set) var files: [String] = []
  private(set) var labels = LabelNames()

  private static let fileNames: Set<String> = [
    "file", "filename", "file_name", "name", "path", "image", "picture", "id",
  ]

  init(_ bytes: Bytes, of file: InputFile) throws {
    var (fileColumn, labelColumn) = (0, 1)
    var isFirst = true
    var fields = bytes.withSpan { SeparatedText($0) }
    while let (line, row) = try bytes.withSpan({ try Self.next($0, &fields, file) }) {
      if isFirst, let label = row.firstIndex(where: CSVLayout.isLabelName) {
        labelColumn = label
        fileColumn = row.firstIndex { Self.fileNames.contains($0.lowercased()) } ?? (label == 0 ? 1 : 0)
        isFirst = false
        continue
      }
      isFirst = false
      guard row.count > max(fileColumn, labelColumn) else {
        throw file.malformed("has \(row.count) fields: a file and its label are wanted", at: .line(line))
      }
      let name = row[fileColumn]
      // Some lists omit the `.png` of the names.
      files.append(name.lowercased().hasSuffix(".png") ? name : name + ".png")
      do {
        try labels.append(row[labelColumn])
      } catch {
        throw file.malformed(error.description, at: .line(line))
      }
    }
    guard !files.isEmpty else { throw file.malformed("lists no pictures") }
  }

  private static func next(
    _ text: Span<UInt8>, _ fields: inout SeparatedText, _ file: InputFile
  ) throws -> (line: Int, row: [String])? {
    guard fields.findLine(text) else { return nil }
    let line = fields.line
    var row: [String] = []
    while let field = fields.next(text) {
      row.append(SeparatedText.string(text, field))
      if field.isLast { return (line, row) }
    }
    throw file.malformed("a quoted field is not closed as it should be", at: .line(line))
  }
}

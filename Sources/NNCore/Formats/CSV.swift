/// Tables of numbers as text, an example a line, separated by commas, tabs, semicolons or blanks, with or without a
/// header.
public enum CSV {
  /// Which column holds the labels.
  public enum LabelColumn: Sendable, Equatable {
    case name(String)
    /// From 1.
    case number(Int)
    case last
    case none
  }

  struct Table: ~Copyable {
    var rows: ExampleRows
    /// nil if there is no column of them.
    var labels: LabelNames?
  }

  /// Whether the text starts with a line of fields, or with a number or a name of labels alone. What blanks separate
  /// must be numbers, or begin with a name of labels: other text has blanks too.
  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes[0..<min(bytes.count, 1 << 16)].withSpan { text in
      var fields = SeparatedText(text)
      guard fields.findLine(text) else { return false }
      var (count, isNamed) = (0, false)
      while let field = fields.next(text) {
        count += 1
        if count == 1 { isNamed = CSVLayout.isLabelName(text, field) }
        if fields.isBlankSeparated, !isNamed, TextNumber.decimal(text, field.range) == nil { return false }
        for place in field.range where text[place] < 32 && text[place] != 9 {
          guard field.isQuoted, text[place] == 10 || text[place] == 13 else { return false }
        }
        guard field.isLast else { continue }
        return count > 1 || TextNumber.decimal(text, field.range) != nil || isNamed
      }
      return false
    }
  }

  /// - Parameters:
  ///   - labelColumn: nil for the one that the header names so; without a header the first, unless the numbers of a
  ///     line make a square picture.
  ///   - report: is told how many bytes are done, now and then.
  /// - Throws: `FileError` of kind `badData` with the line of a row of another length, or of what is no number.
  static func read(
    _ bytes: Bytes, labelColumn: LabelColumn? = nil, of file: InputFile, report: (Int) -> Void = { _ in }
  ) throws -> Table {
    var fields = bytes.withSpan { SeparatedText($0) }
    guard bytes.withSpan({ fields.findLine($0) }) else { throw file.malformed("holds no lines") }
    let layout = try bytes.withSpan { try CSVLayout($0, fields, labelColumn, file) }
    if layout.hasHeader { bytes.withSpan { text in while let field = fields.next(text), !field.isLast {} } }
    if layout.isGuessed { try bytes.withSpan { try layout.checkGuess($0, fields, file) } }

    var rows = ExampleRows(width: layout.width)
    var labels: LabelNames? = layout.labelColumn == nil ? nil : LabelNames()
    var row = [Float](repeating: 0, count: layout.width)
    var done = 0
    while bytes.withSpan({ fields.findLine($0) }) {
      let arePixels = try bytes.withSpan { try layout.read($0, &fields, into: &row, &labels, file) }
      try rows.append(row, arePixels: arePixels)
      if fields.place - done > 1 << 22 {
        bytes[done..<fields.place].dropPages()
        done = fields.place
        report(done)
      }
    }
    return Table(rows: rows, labels: labels)
  }
}

/// What the columns of a table are.
private struct CSVLayout {
  let hasHeader: Bool
  let columns: Int
  /// From 0.
  let labelColumn: Int?
  /// Columns that hold nothing of an example: an index, with or without a name, and what follows a last comma.
  private let ignored: Set<Int>
  /// Whether nothing said which column holds the labels.
  let isGuessed: Bool

  /// Numbers of an example.
  var width: Int { columns - (labelColumn == nil ? 0 : 1) - ignored.count }

  /// Names by which a header tells labels.
  private static let labelNames: Set<String> = ["label", "labels", "class", "target", "digit", "y"]
  private static let indexNames: Set<String> = ["id", "index", "imageid", "image_id"]

  static func isLabelName(_ text: Span<UInt8>, _ field: SeparatedText.Field) -> Bool {
    labelNames.contains(SeparatedText.string(text, field).lowercased())
  }

  /// - Parameter fields: at the first line.
  init(_ text: Span<UInt8>, _ fields: SeparatedText, _ chosen: CSV.LabelColumn?, _ file: InputFile) throws {
    var fields = fields
    var first: [String] = []
    var areNumbers: [Bool] = []
    while let field = fields.next(text) {
      first.append(SeparatedText.string(text, field))
      areNumbers.append(TextNumber.decimal(text, field.range) != nil)
      if field.isLast { break }
    }
    guard !first.isEmpty else { throw file.malformed("a quoted field is not closed as it should be", at: .line(fields.line)) }
    columns = first.count
    // NumPy begins a header so.
    if first[0].hasPrefix("#") { first[0] = String(first[0].dropFirst().drop { $0.isWhitespace }) }
    let named = Self.labelColumn(of: first)
    let endsInSeparator = columns > 1 && first[columns - 1].isEmpty
    if endsInSeparator { areNumbers.removeLast() }
    // One field of text may be a label itself.
    hasHeader = areNumbers.count { !$0 } > 1 || named != nil || !(areNumbers.dropFirst().first ?? areNumbers[0])
    let fieldCount = columns - (endsInSeparator && !hasHeader ? 1 : 0)
    switch chosen {
    case .name(let name):
      guard hasHeader, let place = first.firstIndex(of: name) else {
        let listed = first.prefix(4).joined(separator: ", ")
        throw file.malformed(hasHeader ? "has no column named '\(name)', but \(listed) …" : "has no header to name '\(name)'")
      }
      labelColumn = place
    case .number(let number):
      guard (1...columns).contains(number) else { throw file.malformed("has \(columns) columns, no column \(number)") }
      labelColumn = number - 1
    case .last: labelColumn = fieldCount - 1
    case .some(.none): labelColumn = nil
    case nil where hasHeader: labelColumn = named
    case nil: labelColumn = fieldCount > 1 && PictureShape.side(of: fieldCount) != nil ? nil : 0
    }
    isGuessed = chosen == nil && !hasHeader && labelColumn == 0 && fieldCount > 2
    guard hasHeader else {
      ignored = fieldCount < columns ? [fieldCount] : []
      return
    }
    let label = labelColumn
    let others = first.indices.filter { $0 != label }
    let unnamed = others.filter { first[$0].isEmpty || first[$0].hasPrefix("Unnamed: ") || Self.indexNames.contains(first[$0].lowercased()) }
    // Of a table without names, or of one column, there must be something.
    ignored = unnamed.count < others.count || label != nil && unnamed.count == 1 ? Set(unnamed) : []
  }

  /// Looks whether the first column, taken for that of the labels, may be another: it is if it says nothing over many
  /// lines, and the last column could be labels.
  ///
  /// - Parameter fields: at the first line of numbers.
  /// - Throws: `FileError` of kind `badData` that asks for the column.
  func checkGuess(_ text: Span<UInt8>, _ fields: SeparatedText, _ file: InputFile) throws {
    var fields = fields
    var (lines, firsts, lasts) = (0, Set<Int>(), Set<Int>())
    while lines < 1000, fields.findLine(text) {
      var (count, last, before) = (0, -1, -1)
      while let field = fields.next(text) {
        let number = field.number >= 0 ? field.number : Int(exactly: TextNumber.decimal(text, field.range) ?? -1) ?? -1
        (before, last) = (last, number)
        if count == 0 {
          // Names of classes, say.
          guard number >= 0 else { return }
          firsts.insert(number)
        }
        count += 1
        guard field.isLast else { continue }
        if !ignored.isEmpty { last = before }
        break
      }
      guard count == columns, last >= 0 else { return }
      lasts.insert(last)
      lines += 1
    }
    guard lines >= 10, firsts.count == 1, lasts.count > 1, lasts.max()! < 256 else { return }
    throw file.malformed(
      "begins each line with the same number: name the column of labels by --label-column, such as 1 or last", at: .line(1))
  }

  /// The column whose name is one of labels; else the only one that has such a word in its name.
  private static func labelColumn(of names: [String]) -> Int? {
    if let exact = names.firstIndex(where: { labelNames.contains($0.lowercased()) }) { return exact }
    let similar = names.indices.filter { NamedArrays.Role(names[$0]).kind == .labels }
    return similar.count == 1 ? similar[0] : nil
  }

  /// Reads the line at hand; whether all its numbers could be pixels.
  func read(
    _ text: Span<UInt8>, _ fields: inout SeparatedText, into row: inout [Float], _ labels: inout LabelNames?,
    _ file: InputFile
  ) throws -> Bool {
    let line = fields.line
    var arePixels = true
    var column = 0
    var place = 0
    if ignored.isEmpty, labelColumn == nil || labelColumn == 0 {
      if labelColumn == 0 {
        guard let field = fields.next(text) else {
          throw file.malformed("a quoted field is not closed as it should be", at: .line(line))
        }
        try append(text, field, to: &labels!, file, line)
        column = 1
        guard !field.isLast || columns == 1 else { throw raggedRow(column, file, line) }
        if columns == 1 { return true }
      }
      var rest = row.mutableSpan
      if fields.readPixels(text, into: &rest) { return true }
    }
    while true {
      guard let field = fields.next(text) else {
        throw file.malformed("a quoted field is not closed as it should be", at: .line(line))
      }
      if column == labelColumn {
        try append(text, field, to: &labels!, file, line)
      } else if !ignored.isEmpty, ignored.contains(column) {
        // What it holds is of no matter.
      } else if place < row.count {
        if field.number >= 0, field.number <= 255 {
          row[place] = Float(field.number)
        } else {
          let value = try number(text, field, column, file, line)
          row[place] = Float(value)
          guard row[place].isFinite else {
            throw file.malformed("field \(column + 1) is too large for a 32-bit float", at: .line(line))
          }
          arePixels = arePixels && value >= 0 && value <= 255 && value == value.rounded()
        }
        place += 1
      }
      column += 1
      if field.isLast { break }
    }
    guard column == columns else { throw raggedRow(column, file, line) }
    return arePixels
  }

  private func raggedRow(_ fields: Int, _ file: InputFile, _ line: Int) -> FileError {
    file.malformed("has \(fields) fields, where the first line has \(columns)", at: .line(line))
  }

  private func append(
    _ text: Span<UInt8>, _ field: SeparatedText.Field, to labels: inout LabelNames, _ file: InputFile, _ line: Int
  ) throws {
    do {
      if field.number >= 0 {
        try labels.append(number: field.number)
      } else {
        try labels.append(SeparatedText.string(text, field))
      }
    } catch {
      throw file.malformed(error.description, at: .line(line))
    }
  }

  private func number(
    _ text: Span<UInt8>, _ field: SeparatedText.Field, _ column: Int, _ file: InputFile, _ line: Int
  ) throws -> Double {
    guard let value = TextNumber.decimal(text, field.range) else {
      let what = field.range.isEmpty ? "empty" : "'\(TextNumber.string(text, field.range).prefix(20))', not a number"
      throw file.malformed("field \(column + 1) is \(what)", at: .line(line))
    }
    return value
  }
}

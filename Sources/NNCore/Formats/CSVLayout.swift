/// What the columns of a table are.
struct CSVLayout {
  let hasHeader: Bool
  let columns: Int
  /// From 0.
  let labelColumn: Int?
  /// Columns that hold nothing of an example: an index, with or without a name, and what follows a last comma.
  let ignored: Set<Int>
  /// Whether nothing said which column holds the labels.
  let isGuessed: Bool

  /// Whether there are columns besides the label's and the numbers'.
  var hasOtherColumns: Bool { !ignored.isEmpty }

  /// Numbers of an example.
  var width: Int { columns - (labelColumn == nil ? 0 : 1) - ignored.count }

  /// Names by which a header tells labels.
  private static let labelNames: Set<String> = ["label", "labels", "class", "target", "digit", "y"]
  private static let indexNames: Set<String> = ["id", "index", "imageid", "image_id"]

  static func isLabelName(_ name: String) -> Bool { labelNames.contains(name.lowercased()) }

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
    guard !first.isEmpty else {
      throw file.malformed("a quoted field is not closed as it should be", at: .line(fields.line))
    }
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
        throw file.malformed(
          hasHeader ? "has no column named '\(name)', but \(listed) …" : "has no header to name '\(name)'")
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
    let unnamed = others.filter {
      first[$0].isEmpty || first[$0].hasPrefix("Unnamed: ") || Self.indexNames.contains(first[$0].lowercased())
    }
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
      "begins each line with the same number: name the column of labels by --label-column, such as 1 or last",
      at: .line(1))
  }

  /// The column whose name is one of labels; else the only one that has such a word in its name.
  private static func labelColumn(of names: [String]) -> Int? {
    if let exact = names.firstIndex(where: isLabelName) { return exact }
    let similar = names.indices.filter { NamedArrays.Role(names[$0]).kind == .labels }
    return similar.count == 1 ? similar[0] : nil
  }
}

// Which column of a table holds the labels, and which columns hold inputs.

extension CSVLayout {
  /// Names that a header gives to a column of numbers of the lines.
  private static let indexNames: Set<String> = ["id", "index", "imageid", "image_id"]

  /// Detects the layout from the first line of a table.
  ///
  /// - Parameters:
  ///   - fields: a reader at the first line.
  ///   - chosen: the column of the labels if the user named it.
  /// - Throws: `FileError` of kind `badData` if the first line is damaged or has no such column.
  init(detecting text: Span<UInt8>, _ fields: SeparatedText, _ chosen: LabelColumn?, _ file: InputFile) throws {
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
    let columns = first.count
    // NumPy begins a header with a number sign.
    if first[0].hasPrefix("#") { first[0] = String(first[0].dropFirst().drop { $0.isWhitespace }) }
    let named = Self.labelColumn(of: first)
    let endsInSeparator = columns > 1 && first[columns - 1].isEmpty
    if endsInSeparator { areNumbers.removeLast() }
    // One field of text may be a label itself.
    let hasHeader = areNumbers.count { !$0 } > 1 || named != nil || !(areNumbers.dropFirst().first ?? areNumbers[0])
    let fieldCount = columns - (endsInSeparator && !hasHeader ? 1 : 0)
    let labelColumn: Int?
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
    let isGuessed = chosen == nil && !hasHeader && labelColumn == 0 && fieldCount > 2
    func layout(ignoring ignored: Set<Int>) -> CSVLayout {
      CSVLayout(
        hasHeader: hasHeader, columns: columns, labelColumn: labelColumn, ignored: ignored, isGuessed: isGuessed)
    }
    guard hasHeader else {
      self = layout(ignoring: fieldCount < columns ? [fieldCount] : [])
      return
    }
    let others = first.indices.filter { $0 != labelColumn }
    let unnamed = others.filter {
      first[$0].isEmpty || first[$0].hasPrefix("Unnamed: ") || Self.indexNames.contains(first[$0].lowercased())
    }
    // Unnamed columns hold the inputs if there are no named ones.
    let areIgnored = unnamed.count < others.count || labelColumn != nil && unnamed.count == 1
    self = layout(ignoring: areIgnored ? Set(unnamed) : [])
  }

  /// Checks the guess that the first column holds the labels: it is doubtful if the first column has the same number in
  /// many lines and the last column could hold labels.
  ///
  /// - Parameter fields: a reader at the first line of numbers.
  /// - Throws: `FileError` of kind `badData` that asks for the label column.
  func checkGuess(_ text: Span<UInt8>, _ fields: SeparatedText, _ file: InputFile) throws {
    var fields = fields
    var (lines, firsts, lasts) = (0, Set<Int>(), Set<Int>())
    while lines < 1000, fields.findLine(text) {
      var (count, last, before) = (0, -1, -1)
      while let field = fields.next(text) {
        let number = field.number >= 0 ? field.number : Int(exactly: TextNumber.decimal(text, field.range) ?? -1) ?? -1
        (before, last) = (last, number)
        if count == 0 {
          // Text in the first column is the name of a class.
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
    throw file.malformed("begins each line with the same number", at: .line(1), remedy: .confirmLabelColumn)
  }

  /// The column whose name is a usual one of a label column; else the only column with such a word in its name.
  private static func labelColumn(of names: [String]) -> Int? {
    if let exact = names.firstIndex(where: isLabelName) { return exact }
    let similar = names.indices.filter { NamedArrays.Role(names[$0]).kind == .labels }
    return similar.count == 1 ? similar[0] : nil
  }
}

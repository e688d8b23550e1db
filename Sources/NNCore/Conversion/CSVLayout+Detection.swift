// Which columns of a table hold the labels, and which columns hold inputs.

extension CSVLayout {
  /// Detects the layout from the first line of a table, the comment before it, and a sample of its lines.
  ///
  /// - Parameters:
  ///   - fields: a reader at the first line; afterwards, it is at the first line of numbers.
  ///   - chosen: the column of the labels if the user named it.
  /// - Throws: `FileError` of kind `badData` if the first line is damaged or has no such column, or if it isn't plain
  ///   which column holds the labels.
  init(
    detecting text: Span<UInt8>, _ fields: inout SeparatedText, _ chosen: LabelColumn?, _ file: InputFile
  ) throws {
    fields.findDecimalPoint(text)
    let start = fields
    guard let first = fields.line(text) else {
      throw file.malformed("a quoted field is not closed as it should be", at: .line(fields.line))
    }
    let columns = first.count
    let endsInSeparator = columns > 1 && first[columns - 1].isEmpty
    let areNumbers = Self.areNumbers(text, start, endsInSeparator ? columns - 1 : columns)
    var header: CSVHeader? = CSVHeader(first)
    // One field of text may be a label itself.
    let isHeader =
      areNumbers.count { !$0 } > 1 || header?.labelColumn != nil || !(areNumbers.dropFirst().first ?? areNumbers[0])
    if !isHeader {
      header = CSVHeader(commentBefore: start, text, columns: columns, endsInSeparator: endsInSeparator)
      fields = start
    }
    let used = columns - (endsInSeparator && !isHeader ? 1 : 0)
    let labels: Range<Int>?
    if let chosen {
      labels = try Self.columns(chosen, header, columns: columns, used: used, file)
    } else if let header {
      labels =
        header.labelColumn.map { $0..<$0 + 1 }
        ?? Self.namedClasses(CSVSample(text, fields, columns: columns, used: used), header, columns: used)
    } else if used > 1, PictureShape.side(of: used) != nil, !areNumbers.contains(false) {
      labels = nil
    } else if used <= 2 {
      labels = 0..<1
    } else {
      labels = try Self.guess(CSVSample(text, fields, columns: columns, used: used), columns: used, file)
    }
    let isOneHot = labels.map { $0.count > 1 } ?? false
    self.init(
      columns: columns, labelColumn: isOneHot ? nil : labels?.lowerBound,
      ignored: header?.ignored(labels: labels) ?? (used < columns ? [used] : []), oneHotColumns: isOneHot ? labels : nil
    )
  }

  /// Which of the first `count` fields of a line are numbers.
  private static func areNumbers(_ text: Span<UInt8>, _ fields: SeparatedText, _ count: Int) -> [Bool] {
    var (fields, areNumbers): (SeparatedText, [Bool]) = (fields, [])
    while areNumbers.count < count, let field = fields.next(text) {
      areNumbers.append(fields.decimal(text, field) != nil)
    }
    return areNumbers
  }

  /// The columns that the user chose.
  private static func columns(
    _ chosen: LabelColumn, _ header: CSVHeader?, columns: Int, used: Int, _ file: InputFile
  ) throws -> Range<Int>? {
    switch chosen {
    case .name(let name):
      guard let header else { throw file.malformed("has no header to name '\(name)'") }
      guard let place = header.names.firstIndex(of: name) else {
        throw file.malformed("has no column named '\(name)', but \(header.names.prefix(4).joined(separator: ", ")) …")
      }
      return place..<place + 1
    case .number(let number):
      guard (1...columns).contains(number) else { throw file.malformed("has \(columns) columns, no column \(number)") }
      return number - 1..<number
    case .oneHot(let range):
      if let place = header?.names.firstIndex(of: "\(range.lowerBound)-\(range.upperBound)") {
        return place..<place + 1
      }
      guard range.upperBound <= used else {
        throw file.malformed("has \(used) columns, no column \(range.upperBound)")
      }
      return range.lowerBound - 1..<range.upperBound
    case .last: return used - 1..<used
    case .none: return nil
    }
  }

  /// The first column or the last if it alone holds names; these can't be inputs. Nil for any other table.
  private static func namedClasses(_ sample: CSVSample, _ header: CSVHeader, columns: Int) -> Range<Int>? {
    guard sample.first.areNames != sample.last.areNames else { return nil }
    let column = sample.first.areNames ? 0 : columns - 1
    return header.ignored(labels: nil).contains(column) ? nil : column..<column + 1
  }

  /// The columns that the lines suggest.
  private static func guess(_ sample: CSVSample, columns: Int, _ file: InputFile) throws -> Range<Int> {
    switch CSVLabelGuess(sample, columns: columns) {
    case .first: return 0..<1
    case .last: return columns - 1..<columns
    case .oneHot(let range): return range
    case .either:
      throw file.malformed(
        "has no header, and its first column and its last both look like labels", remedy: .confirmLabelColumn)
    case .neither:
      throw file.malformed(
        "has no header, and neither its first column nor its last is plainly the label", remedy: .confirmLabelColumn)
    }
  }
}

/// Tables of numbers as text, an example a line, separated by commas, tabs, semicolons, bars or blanks, with or
/// without a header.
package enum CSV {
  /// Which column holds the labels.
  package enum LabelColumn: Sendable, Equatable {
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
        if count == 1 { isNamed = CSVLayout.isLabelName(SeparatedText.string(text, field)) }
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

  /// Bytes that are read at a time.
  private static let blockLength = 1 << 17

  /// Reads the blocks of the text side by side, each as if it began outside of quotes. One for which that turns out wrong,
  /// or in which something is wrong, is read again from where the lines before it end.
  ///
  /// - Parameters:
  ///   - labelColumn: nil for the one that the header names so; without a header the first, unless the numbers of a
  ///     line make a square picture.
  ///   - pool: threads for so many pieces of work.
  ///   - report: is told how many bytes are done, now and then.
  /// - Throws: `FileError` of kind `badData` with the line of a row of another length, or of what is no number.
  static func read(
    _ bytes: Bytes, labelColumn: LabelColumn?, of file: InputFile, pool: (Int) -> WorkerPool, report: (Int) -> Void
  ) throws -> Table {
    var fields = bytes.withSpan { SeparatedText($0) }
    guard bytes.withSpan({ fields.findLine($0) }) else { throw file.malformed("holds no lines") }
    let layout = try bytes.withSpan { try CSVLayout($0, fields, labelColumn, file) }
    if layout.hasHeader { bytes.withSpan { text in while let field = fields.next(text), !field.isLast {} } }
    if layout.isGuessed { try bytes.withSpan { try layout.checkGuess($0, fields, file) } }

    var table = Table(
      rows: ExampleRows(width: layout.width, room: bytes.count / 2),
      labels: layout.labelColumn == nil ? nil : LabelNames())
    let first = fields
    var (end, dropped) = (first.place, 0)
    let pool = pool(max(1, (bytes.count - end) / blockLength))
    try pool.forEachInOrder(ahead: 4 * pool.count) { () -> Range<Int>? in
      guard end < bytes.count else { return nil }
      let start = end
      end = bytes.withSpan { SeparatedText.lineStart($0, from: min(start + blockLength, bytes.count)) }
      return start..<end
    } produce: { (_, range: Range<Int>) -> (range: Range<Int>, CSVBlock?) in
      // A quote that isn't closed is not to be sought through the whole file for each block.
      let limit = min(range.upperBound + blockLength, bytes.count)
      let block = bytes[0..<limit].withSpan {
        CSVBlock($0, first.moved(to: range.lowerBound), to: range.upperBound, layout, file)
      }
      let isSound = block.fault == nil && (block.end.place < limit || limit == bytes.count)
      return (range, isSound ? block : nil)
    } consume: { range, early in
      // A line of blocks before may end beyond it.
      guard fields.place < range.upperBound else { return }
      if let early, fields.place == range.lowerBound {
        try table.append(early, linesBefore: fields.line - 1, file)
        fields = early.end.after(lines: fields.line - 1)
      } else {
        let block = bytes.withSpan { CSVBlock($0, fields, to: range.upperBound, layout, file) }
        try table.append(block, linesBefore: 0, file)
        fields = block.end
      }
      if fields.place - dropped > 1 << 22 {
        bytes[dropped..<fields.place].dropPages()
        dropped = fields.place
        report(dropped)
      }
    }
    return table
  }
}

extension CSV.Table {
  /// Adds what a block holds, and throws what ends it.
  fileprivate mutating func append(_ block: CSVBlock, linesBefore: Int, _ file: InputFile) throws {
    for label in block.labels {
      do {
        switch label.value {
        case .number(let number): try labels!.append(number: number)
        case .text(let text): try labels!.append(text)
        }
      } catch {
        throw file.malformed(error.description, at: .line(label.line + linesBefore))
      }
    }
    try rows.append(block)
    if let fault = block.fault { throw fault }
  }
}

/// The parsed lines of a part of a table.
struct CSVBlock {
  struct Label {
    let line: Int
    let value: Value

    enum Value {
      case number(Int)
      case text(String)
    }
  }

  private(set) var count = 0
  /// The numbers row by row, as long as all are whole numbers of 0 to 255; the array may end with unused zeros.
  private(set) var pixels: [UInt8] = []
  /// The numbers of all rows, once some number is not a pixel.
  private(set) var features: [Float] = []
  private(set) var arePixels = true
  private(set) var labels: [Label] = []
  /// The error that ended the block early.
  private(set) var fault: FileError?
  /// A reader at the end of the block.
  private(set) var end: SeparatedText

  /// A buffer for the numbers of a line.
  private var row: [Float] = []
  private let layout: CSVLayout
  private let file: InputFile

  /// Parses the lines before `place`, where a line begins. The last line may end later.
  ///
  /// - Parameter fields: a reader at the first line.
  init(_ text: Span<UInt8>, _ fields: SeparatedText, to place: Int, _ layout: CSVLayout, _ file: InputFile) {
    (end, self.layout, self.file) = (fields, layout, file)
    // Each pixel takes at least two bytes of text; the last may lack a line feed.
    pixels = Array(repeating: 0, count: (place - fields.place) / 2 + 1 + layout.width)
    do {
      while end.findLine(text, before: place) {
        try readLine(text)
        count += 1
      }
    } catch {
      fault = error
    }
  }

  private mutating func readLine(_ text: Span<UInt8>) throws(FileError) {
    let line = end.line
    var column = 0
    if arePixels, !layout.hasOtherColumns {
      if layout.labelColumn == 0 {
        let field = try next(text, line)
        append(text, field, line)
        column = 1
        guard !field.isLast || layout.columns == 1 else { throw ragged(column, line) }
        if field.isLast { return }
      }
      let isLabelLast = column == 0 && layout.firstLabelColumn == layout.width
      if layout.width > 0, readPixels(text, endLine: !isLabelLast) {
        var none: [Float] = []
        if isLabelLast { _ = try readFields(text, line, from: layout.width, into: &none) }
        return
      }
    }
    if self.row.isEmpty { self.row = Array(repeating: 0, count: layout.width) }
    var row: [Float] = []
    swap(&row, &self.row)
    let areRow = try readFields(text, line, from: column, into: &row)
    append(row, arePixels: areRow)
    swap(&row, &self.row)
  }

  private mutating func readPixels(_ text: Span<UInt8>, endLine: Bool) -> Bool {
    let range = count * layout.width..<(count + 1) * layout.width
    if range.upperBound > pixels.count { pixels += repeatElement(0, count: range.upperBound - pixels.count) }
    return end.readPixels(text, into: &pixels, range, endLine: endLine)
  }

  /// Reads the rest of the line from `column` on, and its numbers into `row`; returns whether all numbers could be
  /// pixels.
  private mutating func readFields(
    _ text: Span<UInt8>, _ line: Int, from column: Int, into row: inout [Float]
  ) throws(FileError) -> Bool {
    var (column, place) = (column, 0)
    var arePixels = true
    var oneHot = OneHotLabel()
    while true {
      let field = try next(text, line)
      if column == layout.labelColumn {
        append(text, field, line)
      } else if let columns = layout.oneHotColumns, columns.contains(column) {
        oneHot.append(end.decimal(text, field))
      } else if layout.hasOtherColumns, layout.ignored.contains(column) {
        // The field is not used.
      } else if place < row.count {
        if field.number >= 0, field.number <= 255 {
          row[place] = Float(field.number)
        } else {
          let value = try number(text, field, column, line)
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
    guard column == layout.columns else { throw ragged(column, line) }
    if let columns = layout.oneHotColumns {
      guard let label = oneHot.label else {
        let range = "\(columns.lowerBound + 1) to \(columns.upperBound)"
        throw file.malformed("fields \(range) are not zeros with a single 1, which tells the label", at: .line(line))
      }
      labels.append(Label(line: line, value: .number(label)))
    }
    return arePixels
  }

  private mutating func append(_ row: [Float], arePixels areRow: Bool) {
    let start = count * layout.width
    if arePixels, !areRow {
      features = pixels[..<start].map(Float.init)
      (arePixels, pixels) = (false, [])
    }
    if arePixels {
      if start + row.count > pixels.count { pixels += repeatElement(0, count: start + row.count - pixels.count) }
      for (column, value) in row.enumerated() { pixels[start + column] = UInt8(value) }
    } else {
      features += row
    }
  }

  private mutating func append(_ text: Span<UInt8>, _ label: SeparatedText.Field, _ line: Int) {
    let value: Label.Value = label.number >= 0 ? .number(label.number) : .text(SeparatedText.string(text, label))
    labels.append(Label(line: line, value: value))
  }

  private mutating func next(_ text: Span<UInt8>, _ line: Int) throws(FileError) -> SeparatedText.Field {
    guard let field = end.next(text) else {
      throw file.malformed("a quoted field is not closed as it should be", at: .line(line))
    }
    return field
  }

  private func ragged(_ fields: Int, _ line: Int) -> FileError {
    file.malformed("has \(fields) fields, where the first line has \(layout.columns)", at: .line(line))
  }

  private func number(_ text: Span<UInt8>, _ field: SeparatedText.Field, _ column: Int, _ line: Int) throws(FileError)
    -> Double
  {
    guard let value = end.decimal(text, field) else {
      let what = field.range.isEmpty ? "empty" : "'\(TextNumber.string(text, field.range).prefix(20))', not a number"
      throw file.malformed("field \(column + 1) is \(what)", at: .line(line))
    }
    return value
  }
}

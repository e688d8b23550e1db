/// What a sample of up to 1000 lines tells about the columns of a table.
struct CSVSample {
  /// Number of lines.
  private(set) var count = 0
  private(set) var first = CSVColumnSample()
  private(set) var last = CSVColumnSample()
  /// The largest number of the columns between the first and the last.
  private(set) var middleMaximum = -Double.infinity
  private(set) var oneHot = CSVOneHotSample()

  /// - Parameters:
  ///   - fields: a reader at the first line of numbers.
  ///   - columns: the fields of a line. Lines that have more or fewer are left out.
  ///   - used: the fields of a line up to the last that is not always empty.
  init(_ text: Span<UInt8>, _ fields: SeparatedText, columns: Int, used: Int) {
    fields.forEachSampledLine(text) { append($0, &$1, columns: columns, used: used) }
  }

  /// Returns false at a quoted field that is not closed.
  private mutating func append(
    _ text: Span<UInt8>, _ fields: inout SeparatedText, columns: Int, used: Int
  ) -> Bool {
    var (first, last): (SeparatedText.Field?, SeparatedText.Field?)
    var (column, maximum) = (0, middleMaximum)
    var line = CSVOneHotSample.Line()
    while true {
      guard let field = fields.next(text) else { return false }
      if column < used {
        let number = fields.decimal(text, field)
        line.append(number)
        if column == 0 { first = field }
        if column == used - 1 { last = field }
        if column > 0, column < used - 1, let number { maximum = max(maximum, number) }
      }
      column += 1
      if field.isLast { break }
    }
    guard column == columns, let first, let last else { return true }
    count += 1
    self.first.append(text, first, fields.decimal(text, first))
    self.last.append(text, last, fields.decimal(text, last))
    middleMaximum = maximum
    oneHot.append(line)
    return true
  }
}

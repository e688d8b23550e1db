/// What a sample of up to 1000 lines tells about the columns of a table.
///
/// The lines come from ten places all over the text, because many tables are sorted by their labels.
struct CSVSample {
  /// Number of lines.
  private(set) var count = 0
  private(set) var first = CSVColumnSample()
  private(set) var last = CSVColumnSample()
  /// The largest number of the columns between the first and the last.
  private(set) var middleMaximum = -Double.infinity
  private(set) var oneHot = CSVOneHotSample()

  private static let parts = 10
  private static let linesOfPart = 100
  /// Lines may be long.
  private static let lengthOfPart = 1 << 20

  /// - Parameters:
  ///   - fields: a reader at the first line of numbers.
  ///   - columns: the fields of a line. Lines that have more or fewer are left out.
  ///   - used: the fields of a line up to the last that is not always empty.
  init(_ text: Span<UInt8>, _ fields: SeparatedText, columns: Int, used: Int) {
    var fields = fields
    let (start, length) = (fields.place, text.count - fields.place)
    for part in 0..<Self.parts {
      let place = start + length / Self.parts * part
      if fields.place < place { fields = fields.moved(to: SeparatedText.lineStart(text, from: place)) }
      let (begin, before) = (fields.place, count)
      while count - before < Self.linesOfPart, fields.place - begin < Self.lengthOfPart, fields.findLine(text) {
        guard append(text, &fields, columns: columns, used: used) else { break }
      }
    }
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
        let number = field.number >= 0 ? Double(field.number) : TextNumber.decimal(text, field.range)
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
    self.first.append(text, first)
    self.last.append(text, last)
    middleMaximum = maximum
    oneHot.append(line)
    return true
  }
}

/// Tables of numbers as text, an example a line, separated by commas, tabs, semicolons, bars or blanks, with or
/// without a header. Lines that begin with a number sign are comments.
enum CSV {
  /// Whether the text starts, after comments, with a line of several fields, or with a single number or a single name
  /// of a label column. Fields between blanks must be numbers, or follow the name of a label column, because other text
  /// has blanks too.
  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes[0..<min(bytes.count, 1 << 16)].withSpan { text in
      var fields = SeparatedText(text, hasComments: true)
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
}

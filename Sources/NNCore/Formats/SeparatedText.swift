/// Splits text into fields separated by commas or tabs (RFC 4180): a field may be quoted, and a doubled quote in it
/// stands for one. Lines end in LF, CRLF or CR. Fields may also be separated by any number of blanks. Lines that begin
/// with a number sign may be comments.
struct SeparatedText {
  struct Field {
    /// The place of the field's text, without quotes.
    let range: Range<Int>
    /// The value of a field of 1 to 15 digits; −1 for any other field.
    let number: Int
    let isQuoted: Bool
    let isLast: Bool
  }

  let separator: UInt8
  /// Whether blanks separate fields.
  var isBlankSeparated: Bool { separator == Self.blank }
  private(set) var place: Int
  /// The number of the current line, from 1.
  private(set) var line = 1
  /// The place of the number sign of the last comment that `findLine` skipped.
  private(set) var lastComment: Int?

  /// What stands between the whole part and the fraction of a number: a point or a comma.
  private var point = UInt8(ascii: ".")

  private let hasComments: Bool
  private static let comma = UInt8(ascii: ",")
  private static let semicolon = UInt8(ascii: ";")
  private static let bar = UInt8(ascii: "|")
  private static let blank = UInt8(ascii: " ")
  private static let numberSign = UInt8(ascii: "#")

  /// The supported separators, the most reliable first.
  private static let separators = [9, comma, semicolon, bar, blank]

  /// Detects the separator and starts after a byte-order mark, if there is one. A first line such as `sep=;`, which
  /// Excel understands, names the separator. Otherwise it is the first of tab, comma, semicolon, bar and blank that
  /// occurs in the first line that is no comment; but the semicolon or the bar where commas only belong to numbers, as
  /// in `0,5;1`.
  ///
  /// - Parameter hasComments: whether lines that begin with a number sign are comments, which `findLine` skips.
  init(_ text: Span<UInt8>, hasComments: Bool = false) {
    self.hasComments = hasComments
    let hasMark = text.count >= 3 && text[0] == 0xef && text[1] == 0xbb && text[2] == 0xbf
    place = hasMark ? 3 : 0
    if let told = Self.told(text, at: place) {
      (separator, place, line) = (told.separator, told.end, 2)
      return
    }
    var seen: Set<UInt8> = []
    var isQuoted = false
    var end = place
    while end < text.count {
      if hasComments, text[end] == Self.numberSign {
        end = Self.lineEnd(text, from: end)
      } else if [10, 13, Self.blank].contains(text[end]) {
        end += 1
      } else {
        break
      }
    }
    let start = end
    scan: while end < text.count {
      switch text[end] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case 10, 13: if !isQuoted { break scan }
      case let byte where !isQuoted && Self.separators.contains(byte): seen.insert(byte)
      default: break
      }
      end += 1
    }
    let first = Self.separators.first(where: seen.contains) ?? Self.comma
    let others = first == Self.comma ? [Self.semicolon, Self.bar].filter(seen.contains) : []
    separator = others.first { SeparatedText($0, from: start).hasDecimalCommas(text) } ?? first
  }

  private init(_ separator: UInt8, from place: Int) {
    (self.separator, self.place, hasComments) = (separator, place, false)
  }

  /// Whether all fields of the line that have a comma are numbers.
  private func hasDecimalCommas(_ text: Span<UInt8>) -> Bool {
    var fields = self
    while let field = fields.next(text) {
      let hasComma = field.range.contains { text[$0] == Self.comma }
      if hasComma, TextNumber.decimal(text, field.range, point: Self.comma) == nil { return false }
      if field.isLast { return true }
    }
    return false
  }

  /// Takes commas for points from here on if most of the fractions in a sample of the lines are written so. A table
  /// with commas between its fields, or blanks, has none.
  mutating func findDecimalPoint(_ text: Span<UInt8>) {
    guard separator != Self.comma, !isBlankSeparated else { return }
    var (points, commas) = (0, 0)
    forEachSampledLine(text) { text, fields in
      while let field = fields.next(text) {
        if field.number < 0,
          let mark = field.range.first(where: { [Self.comma, UInt8(ascii: ".")].contains(text[$0]) }),
          TextNumber.decimal(text, field.range, point: text[mark]) != nil
        {
          if text[mark] == Self.comma { commas += 1 } else { points += 1 }
        }
        if field.isLast { return true }
      }
      return false
    }
    if commas > points { point = Self.comma }
  }

  /// The number in a field; nil for any other text.
  @inline(__always)
  func decimal(_ text: Span<UInt8>, _ field: Field) -> Double? {
    field.number >= 0 ? Double(field.number) : TextNumber.decimal(text, field.range, point: point)
  }

  /// Calls `body` with readers at up to 1000 lines. These come from ten places all over the text from here on, because
  /// many tables are sorted by their labels. Where it returns false, the rest of a place's lines are left out.
  func forEachSampledLine(_ text: Span<UInt8>, _ body: (Span<UInt8>, inout SeparatedText) -> Bool) {
    let (parts, linesOfPart, lengthOfPart) = (10, 100, 1 << 20)
    var fields = self
    let (start, length) = (place, text.count - place)
    for part in 0..<parts {
      let place = start + length / parts * part
      if fields.place < place { fields = fields.moved(to: Self.lineStart(text, from: place)) }
      let begin = fields.place
      var count = 0
      while count < linesOfPart, fields.place - begin < lengthOfPart, fields.findLine(text) {
        guard body(text, &fields) else { break }
        count += 1
      }
    }
  }

  /// Parses a line `sep=` at `place`; returns the separator and the end of the line.
  private static func told(_ text: Span<UInt8>, at place: Int) -> (separator: UInt8, end: Int)? {
    let word = Array("sep=".utf8)
    guard place + word.count + 1 < text.count, word.indices.allSatisfy({ text[place + $0] == word[$0] }) else {
      return nil
    }
    let (separator, end) = (text[place + word.count], place + word.count + 1)
    guard separators.contains(separator), text[end] == 10 || text[end] == 13 else { return nil }
    return (separator, text[end] == 13 && end + 1 < text.count && text[end + 1] == 10 ? end + 2 : end + 1)
  }

  /// A reader of the same text that starts at `place`, where a line begins.
  func moved(to place: Int) -> SeparatedText {
    var other = self
    (other.place, other.line) = (place, 1)
    return other
  }

  /// A copy whose line number is larger by `lines`.
  func after(lines: Int) -> SeparatedText {
    var other = self
    other.line += lines
    return other
  }

  /// The first start of a line at or after `place`, ignoring quotes; or the end of the text.
  static func lineStart(_ text: Span<UInt8>, from place: Int) -> Int {
    var place = place
    while place < text.count, text[place - 1] != 10, text[place - 1] != 13 || text[place] == 10 { place += 1 }
    return place
  }

  /// The first line feed or carriage return at or after `place`; or the end of the text.
  private static func lineEnd(_ text: Span<UInt8>, from place: Int) -> Int {
    var place = place
    while place < text.count, text[place] != 10, text[place] != 13 { place += 1 }
    return place
  }

  /// Skips empty lines, blank lines and comments; returns false at the end of the text, or at `end`, where another
  /// line begins.
  mutating func findLine(_ text: Span<UInt8>, before end: Int = .max) -> Bool {
    while place < min(text.count, end) {
      var end = place
      while end < text.count, text[end] == Self.blank { end += 1 }
      if hasComments, end < text.count, text[end] == Self.numberSign {
        lastComment = end
        end = Self.lineEnd(text, from: end)
      }
      guard end == text.count || text[end] == 10 || text[end] == 13 else { return true }
      place = end
      endLine(text)
    }
    return false
  }

  /// The next field; nil if its quotes are not closed, or text follows them.
  @inline(__always)
  mutating func next(_ text: Span<UInt8>) -> Field? {
    if isBlankSeparated { passBlanks(text) }
    let start = place
    // Most fields of pictures are the single digit 0.
    if start + 1 < text.count, text[start + 1] == separator, text[start] &- 48 < 10, !isBlankSeparated {
      place += 2
      return Field(range: start..<start + 1, number: Int(text[start] &- 48), isQuoted: false, isLast: false)
    }
    var number = 0
    var isPlain = true
    while place < text.count {
      let byte = text[place]
      if byte &- 48 < 10 {
        number = number &* 10 &+ Int(byte &- 48)
      } else if byte == separator {
        break
      } else if byte == 10 || byte == 13 {
        break
      } else if byte == UInt8(ascii: "\""), place == start {
        return quoted(text)
      } else {
        isPlain = false
      }
      place += 1
    }
    let range = start..<place
    return Field(
      range: range, number: isPlain && (1...15).contains(range.count) ? number : -1, isQuoted: false,
      isLast: endField(text))
  }

  /// Reads the next fields as whole numbers of 0 to 255 into the part `range` of `pixels`, which must be 0 before. If
  /// it finds any other field or the wrong number of fields, it returns false and stays at its place; the part of
  /// `pixels` is then undefined.
  ///
  /// - Parameter isLast: whether the line must end after these fields; otherwise another field must follow.
  mutating func readPixels(_ text: Span<UInt8>, into pixels: inout [UInt8], _ range: Range<Int>, endLine isLast: Bool)
    -> Bool
  {
    precondition(range.lowerBound >= 0 && range.upperBound <= pixels.count)
    var (place, column) = (place, range.lowerBound)
    var pixels = pixels.mutableSpan
    // The last field is read separately, because a line end may follow it.
    let several = range.upperBound - 1
    let zeros = (0x30 | UInt64(separator) << 8) &* 0x0001_0001_0001_0001
    while column + 4 <= several, place + 8 <= text.count {
      let word = UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self))
      if word == zeros {
        column += 4
        place += 8
      } else {
        // Eight bytes hold two pixels or more, unless they hold other fields.
        let others = PixelField.others(word)
        guard let first = PixelField(word, others, separator),
          let second = PixelField(word &>> first.width, others &>> first.width, separator)
        else { return false }
        pixels[unchecked: column] = first.value
        pixels[unchecked: column + 1] = second.value
        column += 2
        place += Int(first.width &+ second.width) / 8
      }
    }
    while column < range.upperBound {
      var (value, digits) = (0, 0)
      while digits < 3, place < text.count, text[place] &- 48 < 10 {
        value = 10 * value + Int(text[place] &- 48)
        digits += 1
        place += 1
      }
      guard digits > 0, value < 256 else { return false }
      pixels[column] = UInt8(value)
      column += 1
      if column == range.upperBound, isLast { break }
      guard place < text.count, text[place] == separator else { return false }
      place += 1
    }
    if isLast, place < text.count, text[place] != 10, text[place] != 13 { return false }
    self.place = place
    if isLast { endLine(text) }
    return true
  }

  private mutating func quoted(_ text: Span<UInt8>) -> Field? {
    let start = place + 1
    place = start
    while place < text.count {
      if text[place] == UInt8(ascii: "\"") {
        guard place + 1 < text.count, text[place + 1] == UInt8(ascii: "\"") else { break }
        place += 1
      } else if text[place] == 10 {
        line += 1
      }
      place += 1
    }
    guard place < text.count else { return nil }
    let range = start..<place
    place += 1
    guard place == text.count || text[place] == separator || text[place] == 10 || text[place] == 13 else { return nil }
    return Field(range: range, number: -1, isQuoted: true, isLast: endField(text))
  }

  /// Skips the end of a field; returns whether it was the last field of its line.
  @inline(__always)
  private mutating func endField(_ text: Span<UInt8>) -> Bool {
    if isBlankSeparated {
      passBlanks(text)
      if place < text.count, text[place] != 10, text[place] != 13 { return false }
    }
    if place < text.count, text[place] == separator {
      place += 1
      return false
    }
    endLine(text)
    return true
  }

  private mutating func passBlanks(_ text: Span<UInt8>) {
    while place < text.count, text[place] == Self.blank { place += 1 }
  }

  private mutating func endLine(_ text: Span<UInt8>) {
    guard place < text.count else { return }
    if text[place] == 13, place + 1 < text.count, text[place + 1] == 10 { place += 1 }
    place += 1
    line += 1
  }

  /// The texts of the fields up to the end of the line; nil if its quotes are not closed, or text follows them.
  mutating func line(_ text: Span<UInt8>) -> [String]? {
    var strings: [String] = []
    while let field = next(text) {
      strings.append(Self.string(text, field))
      if field.isLast { return strings }
    }
    return nil
  }

  /// The text of a field.
  static func string(_ text: Span<UInt8>, _ field: Field) -> String {
    let range = TextNumber.trimmed(text, field.range)
    let string = TextNumber.string(text, range)
    return field.isQuoted
      ? string.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"") : string
  }
}

/// A pixel and the following separator in the low bytes of a word of text.
private struct PixelField {
  let value: UInt8
  /// The number of bits of the pixel and its separator.
  let width: UInt64

  /// 0 for each byte that is a digit, up to the first other byte.
  @inline(__always)
  static func others(_ word: UInt64) -> UInt64 {
    // The upper half of a digit is 3, also after adding 6. A carry changes only bytes after another character.
    let upper: UInt64 = 0xf0f0_f0f0_f0f0_f0f0
    return (word & upper | ((word &+ 0x0606_0606_0606_0606) & upper) &>> 4) ^ 0x3333_3333_3333_3333
  }

  /// nil if the word begins with anything else.
  @inline(__always)
  init?(_ word: UInt64, _ others: UInt64, _ separator: UInt8) {
    let end = UInt64(others.trailingZeroBitCount) & ~7
    guard end &- 8 <= 16, UInt8(truncatingIfNeeded: word &>> end) == separator else { return nil }
    // Shift the digits to the high end, with zeros below.
    let digits = word &<< (64 &- end) & 0x0f0f_0f0f_0f0f_0f0f
    let number = digits &>> 56 &+ 10 &* (digits &>> 48 & 0xff) &+ 100 &* (digits &>> 40 & 0xff)
    guard number < 256 else { return nil }
    value = UInt8(truncatingIfNeeded: number)
    width = end &+ 8
  }
}

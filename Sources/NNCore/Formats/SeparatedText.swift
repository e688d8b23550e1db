/// Goes through the fields of comma- or tab-separated text, as RFC 4180 tells it: a field may stand in quotes, in which
/// a doubled quote stands for one. Lines end in LF, CRLF or CR. Fields may also stand between blanks, any number of them.
struct SeparatedText {
  struct Field {
    /// Place of its text, without quotes.
    let range: Range<Int>
    /// The number it is, if it is nothing but up to 15 digits; else −1.
    let number: Int
    let isQuoted: Bool
    let isLast: Bool
  }

  let separator: UInt8
  /// Whether blanks separate fields.
  var isBlankSeparated: Bool { separator == Self.blank }
  private(set) var place: Int
  /// Number of the line at hand, from 1.
  private(set) var line = 1

  private static let blank = UInt8(ascii: " ")

  /// A reader of `text`, after a byte-order mark if there is one. The first line tells what separates fields: tabs if
  /// it has one, else commas, else semicolons, else blanks.
  init(_ text: Span<UInt8>) {
    let hasMark = text.count >= 3 && text[0] == 0xef && text[1] == 0xbb && text[2] == 0xbf
    place = hasMark ? 3 : 0
    var (hasTab, hasComma, hasSemicolon, hasBlank, isQuoted) = (false, false, false, false, false)
    var end = place
    while end < text.count, [10, 13, Self.blank].contains(text[end]) { end += 1 }
    scan: while end < text.count {
      switch text[end] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case 10, 13: if !isQuoted { break scan }
      case 9: hasTab = hasTab || !isQuoted
      case UInt8(ascii: ","): hasComma = hasComma || !isQuoted
      case UInt8(ascii: ";"): hasSemicolon = hasSemicolon || !isQuoted
      case Self.blank: hasBlank = hasBlank || !isQuoted
      default: break
      }
      end += 1
    }
    separator = hasTab ? 9 : hasComma ? UInt8(ascii: ",") : hasSemicolon ? UInt8(ascii: ";") : hasBlank ? Self.blank : UInt8(ascii: ",")
  }

  /// Passes over empty lines, and such of nothing but blanks; false at the end of the text.
  mutating func findLine(_ text: Span<UInt8>) -> Bool {
    while place < text.count {
      var end = place
      while end < text.count, text[end] == Self.blank { end += 1 }
      guard end == text.count || text[end] == 10 || text[end] == 13 else { return true }
      place = end
      endLine(text)
    }
    return false
  }

  /// The next field; nil if its quotes are not closed, or followed by something.
  @inline(__always)
  mutating func next(_ text: Span<UInt8>) -> Field? {
    if isBlankSeparated { passBlanks(text) }
    let start = place
    // Most fields of pictures are one digit: 0.
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
      range: range, number: isPlain && (1...15).contains(range.count) ? number : -1, isQuoted: false, isLast: endField(text))
  }

  /// Reads the rest of the line as whole numbers of 0 to 255, as most are; false, and nothing read, if it isn't exactly
  /// as many of them, plainly written.
  mutating func readPixels(_ text: Span<UInt8>, into row: inout MutableSpan<Float>) -> Bool {
    var place = place
    let count = text.count
    var column = 0
    // Each turn looks at four bytes at most.
    while column < row.count, place + 4 <= count {
      var value = Int(text[unchecked: place] &- 48)
      guard value < 10 else { return false }
      place += 1
      var byte = text[unchecked: place]
      if byte &- 48 < 10 {
        value = 10 * value + Int(byte &- 48)
        place += 1
        byte = text[unchecked: place]
        if byte &- 48 < 10 {
          value = 10 * value + Int(byte &- 48)
          place += 1
          byte = text[unchecked: place]
        }
      }
      guard value < 256 else { return false }
      row[unchecked: column] = Float(value)
      column += 1
      if byte != separator {
        guard byte == 10, column == row.count else { return false }
        self.place = place + 1
        line += 1
        return true
      }
      place += 1
    }
    return false
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

  /// Passes what ends a field; whether it was the last of its line.
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

  /// What a field says.
  static func string(_ text: Span<UInt8>, _ field: Field) -> String {
    let range = TextNumber.trimmed(text, field.range)
    let string = TextNumber.string(text, range)
    return field.isQuoted ? string.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"") : string
  }
}

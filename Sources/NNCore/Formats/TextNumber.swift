/// Parses numbers in text, independent of the locale.
enum TextNumber {
  /// A decimal number, with or without sign, point and exponent, and with blanks around it; nil for any other text,
  /// such as infinity.
  ///
  /// - Parameter point: what stands between the whole part and the fraction: a point or a comma.
  static func decimal(_ text: Span<UInt8>, _ range: Range<Int>, point: UInt8 = UInt8(ascii: ".")) -> Double? {
    let range = trimmed(text, range)
    var place = range.lowerBound
    var isNegative = false
    if place < range.upperBound, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
      isNegative = text[place] == UInt8(ascii: "-")
      place += 1
    }
    var (digits, mantissa, exponent) = (0, 0, 0)
    var isAfterPoint = false
    scan: while place < range.upperBound {
      switch text[place] {
      case let byte where byte &- 48 < 10:
        digits += 1
        // 18 digits fit into an Int.
        if digits <= 18 { mantissa = 10 * mantissa + Int(byte - 48) }
        if isAfterPoint { exponent -= 1 }
      case point where !isAfterPoint: isAfterPoint = true
      default: break scan
      }
      place += 1
    }
    guard digits > 0 else { return nil }
    if place < range.upperBound {
      guard text[place] == UInt8(ascii: "e") || text[place] == UInt8(ascii: "E") else { return nil }
      guard let power = Int(string(text, place + 1..<range.upperBound)) else { return nil }
      guard abs(power) < 100_000 else { return slowDecimal(text, range, point) }
      exponent += power
    }
    // Mantissa and power are exact, so that only one rounding happens (Clinger, 1990).
    guard digits <= 18, mantissa < 1 << 53, abs(exponent) <= 22 else {
      return slowDecimal(text, range, point)
    }
    let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
    return isNegative ? -value : value
  }

  private static let powers: [Double] = (0...22).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }

  private static func slowDecimal(_ text: Span<UInt8>, _ range: Range<Int>, _ point: UInt8) -> Double? {
    let digits = range.map { text[$0] == point ? UInt8(ascii: ".") : text[$0] }
    guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  /// The range without blanks at both ends.
  static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, text[start] == 32 || text[start] == 9 { start += 1 }
    while start < end, text[end - 1] == 32 || text[end - 1] == 9 { end -= 1 }
    return start..<end
  }

  static func string(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: range.map { text[$0] }, as: UTF8.self)
  }
}

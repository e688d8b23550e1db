/// A row of texts, which are decoded on access.
package struct TextArray: Sendable {
  package let count: Int
  private let text: @Sendable (Int) -> String

  /// The text at a place in 0..<`count`.
  package subscript(place: Int) -> String { text(place) }

  init(_ texts: [String]) {
    count = texts.count
    text = { texts[$0] }
  }

  /// NumPy's strings of fixed width, padded with zeros: `S` of bytes, `U` of four-byte code points.
  ///
  /// - Precondition: `bytes` holds `count` elements of `type`.
  init(_ bytes: Bytes, count: Int, type: Element, isBigEndian: Bool) {
    self.count = count
    text = { place in
      let start = place * type.size
      guard type.isWide else {
        return String(decoding: [UInt8](bytes[start..<start + type.size]).prefix { $0 != 0 }, as: UTF8.self)
      }
      var scalars = String.UnicodeScalarView()
      for offset in stride(from: start, to: start + type.size, by: 4) {
        let code: UInt32 = isBigEndian ? bytes.big(offset) : bytes.little(offset)
        guard code != 0 else { break }
        scalars.append(Unicode.Scalar(code) ?? "\u{fffd}")
      }
      return String(scalars)
    }
  }

  /// The element type of strings of fixed width.
  struct Element {
    let isWide: Bool
    /// The size of an element in bytes.
    let size: Int

    /// Parses NumPy's letter and width, such as `U5`; nil for another type, or a width of 0.
    init?(numpyCode code: String) {
      guard let letter = code.first, "USa".contains(letter), let width = Int(code.dropFirst()),
        (1...1 << 20).contains(width)
      else { return nil }
      isWide = letter == "U"
      size = isWide ? 4 * width : width
    }
  }
}

/// An array as a file holds it: of numbers, or of text as labels may be.
public enum StoredArray: Sendable {
  case numbers(NumberArray)
  case texts(TextArray)

  public var shape: [Int] {
    switch self {
    case .numbers(let numbers): numbers.shape
    case .texts(let texts): [texts.count]
    }
  }

  /// nil if it holds text.
  public var numbers: NumberArray? {
    if case .numbers(let numbers) = self { numbers } else { nil }
  }
}

/// A row of texts, decoded when they are asked for.
public struct TextArray: Sendable {
  public let count: Int
  private let text: @Sendable (Int) -> String

  /// The text at a place in 0..<`count`.
  public subscript(place: Int) -> String { text(place) }

  init(_ texts: [String]) {
    count = texts.count
    text = { texts[$0] }
  }

  /// NumPy's arrays of fixed width, the rest of which is zero: `S` of bytes, `U` of code points of four bytes.
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

  /// What an element of fixed width is.
  struct Element {
    let isWide: Bool
    /// Bytes of an element.
    let size: Int

    /// By the letter and the width that NumPy gives it, such as `U5`; nil for another type, or a width of none.
    init?(numpyCode code: String) {
      guard let letter = code.first, "USa".contains(letter), let width = Int(code.dropFirst()), (1...1 << 20).contains(width)
      else { return nil }
      isWide = letter == "U"
      size = isWide ? 4 * width : width
    }
  }
}

/// An array of numbers, or of text, from a file.
package enum StoredArray: Sendable {
  case numbers(NumberArray)
  case texts(TextArray)

  package var shape: [Int] {
    switch self {
    case .numbers(let numbers): numbers.shape
    case .texts(let texts): [texts.count]
    }
  }

  /// nil for an array of text.
  package var numbers: NumberArray? {
    if case .numbers(let numbers) = self { numbers } else { nil }
  }
}

extension StoredArray {
  /// The element type of NumPy's letter and width: numbers or text.
  enum ElementType {
    case number(NumberArray.Element)
    case text(TextArray.Element)

    /// nil for any other type.
    init?(numpyCode code: String) {
      if let number = NumberArray.Element(numpyCode: code) {
        self = .number(number)
      } else if let text = TextArray.Element(numpyCode: code) {
        self = .text(text)
      } else {
        return nil
      }
    }

    /// The size of an element in bytes.
    var size: Int {
      switch self {
      case .number(let element): element.size
      case .text(let element): element.size
      }
    }
  }

  /// An array of NumPy's element type; nil for text that isn't one string an example.
  ///
  /// - Precondition: `bytes` has the size of elements of `type` in this shape.
  init?(_ bytes: Bytes, shape: [Int], of type: ElementType, isBigEndian: Bool, isFortran: Bool) {
    switch type {
    case .number(let element):
      let array = NumberArray(element, isBigEndian: isBigEndian, shape: shape, bytes: bytes)
      self = .numbers(isFortran && shape.count > 1 ? array.reorderedFromFortran : array)
    case .text(let element):
      guard shape.dropFirst().allSatisfy({ $0 == 1 }) else { return nil }
      self = .texts(TextArray(bytes, count: bytes.count / element.size, type: element, isBigEndian: isBigEndian))
    }
  }

  /// The size of an array in bytes; nil if it overflows.
  static func size(of shape: [Int], elementSize: Int) -> Int? {
    var size = elementSize
    for side in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: side)
      guard !overflow else { return nil }
      size = product
    }
    return size
  }
}

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

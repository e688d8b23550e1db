/// An array as a file holds it: of numbers, or of text as labels may be.
package enum StoredArray: Sendable {
  case numbers(NumberArray)
  case texts(TextArray)

  package var shape: [Int] {
    switch self {
    case .numbers(let numbers): numbers.shape
    case .texts(let texts): [texts.count]
    }
  }

  /// nil if it holds text.
  package var numbers: NumberArray? {
    if case .numbers(let numbers) = self { numbers } else { nil }
  }
}

extension StoredArray {
  /// What NumPy's elements are, by its letter and width: numbers or text.
  enum ElementType {
    case number(NumberArray.Element)
    case text(TextArray.Element)

    /// nil for what is neither.
    init?(numpyCode code: String) {
      if let number = NumberArray.Element(numpyCode: code) {
        self = .number(number)
      } else if let text = TextArray.Element(numpyCode: code) {
        self = .text(text)
      } else {
        return nil
      }
    }

    /// Bytes of an element.
    var size: Int {
      switch self {
      case .number(let element): element.size
      case .text(let element): element.size
      }
    }
  }

  /// NumPy's array of so many bytes; nil for text that is not one an example.
  ///
  /// - Precondition: `bytes` is what elements of `type` take in this shape.
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

  /// What elements of a size take in a shape; nil if that is too large to count.
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

/// A row of texts, decoded when they are asked for.
package struct TextArray: Sendable {
  package let count: Int
  private let text: @Sendable (Int) -> String

  /// The text at a place in 0..<`count`.
  package subscript(place: Int) -> String { text(place) }

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
      guard let letter = code.first, "USa".contains(letter), let width = Int(code.dropFirst()),
        (1...1 << 20).contains(width)
      else { return nil }
      isWide = letter == "U"
      size = isWide ? 4 * width : width
    }
  }
}

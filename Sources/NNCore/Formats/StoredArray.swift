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
  /// - Throws: `FileError` if there is no room for a temporary file.
  /// - Precondition: `bytes` has the size of elements of `type` in this shape.
  init?(_ bytes: Bytes, shape: [Int], of type: ElementType, isBigEndian: Bool, isFortran: Bool) throws {
    switch type {
    case .number(let element):
      let array = NumberArray(element, isBigEndian: isBigEndian, shape: shape, bytes: bytes)
      self = .numbers(isFortran && shape.count > 1 ? try array.reorderedFromFortran() : array)
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

/// An array of numbers with the element type, byte order and shape of its file, in C order.
package struct NumberArray: Sendable {
  package enum Element: Sendable {
    case uint8, int8, uint16, int16, uint32, int32, uint64, int64, float16, bfloat16, float32, float64

    package var size: Int {
      switch self {
      case .uint8, .int8: 1
      case .uint16, .int16, .float16, .bfloat16: 2
      case .uint32, .int32, .float32: 4
      case .uint64, .int64, .float64: 8
      }
    }

    /// Bits of the significand of a floating-point type, including the hidden bit; nil for integers.
    var precision: Int? {
      switch self {
      case .float16: 11
      case .bfloat16: 8
      case .float32: 24
      case .float64: 53
      default: nil
      }
    }
  }

  package let element: Element
  package let isBigEndian: Bool
  package let shape: [Int]
  package let bytes: Bytes

  /// - Precondition: `bytes` has the size of `shape`.
  package init(_ element: Element, isBigEndian: Bool, shape: [Int], bytes: Bytes) {
    precondition(shape.reduce(element.size, *) == bytes.count)
    (self.element, self.isBigEndian, self.shape, self.bytes) = (element, isBigEndian, shape, bytes)
  }

  package var count: Int { bytes.count / element.size }

  /// Calls `body` with blocks of elements, so that only one block of a mapped file is in memory at a time.
  func forEachBlock(_ body: (_ start: Int, _ block: NumberArray) throws -> Void) rethrows {
    let length = 1 << 18
    for start in stride(from: 0, to: count, by: length) {
      let part = bytes[start * element.size..<min(start + length, count) * element.size]
      let block = NumberArray(element, isBigEndian: isBigEndian, shape: [part.count / element.size], bytes: part)
      try body(start, block)
      part.dropPages()
    }
  }

  /// Whether `body` is true for every element as a `Double` (exact except for 64-bit integers beyond 2⁵³); stops at the
  /// first false.
  package func allSatisfy(_ body: (_ index: Int, _ value: Double) -> Bool) -> Bool {
    func all<Word: FixedWidthInteger & BitwiseCopyable>(_ word: Word.Type, _ value: (Word) -> Double) -> Bool {
      for index in 0..<count {
        let offset = index * MemoryLayout<Word>.size
        guard body(index, value(isBigEndian ? bytes.big(offset, as: word) : bytes.little(offset, as: word))) else {
          return false
        }
      }
      return true
    }
    return switch element {
    case .uint8: all(UInt8.self) { Double($0) }
    case .int8: all(Int8.self) { Double($0) }
    case .uint16: all(UInt16.self) { Double($0) }
    case .int16: all(Int16.self) { Double($0) }
    case .uint32: all(UInt32.self) { Double($0) }
    case .int32: all(Int32.self) { Double($0) }
    case .uint64: all(UInt64.self) { Double($0) }
    case .int64: all(Int64.self) { Double($0) }
    case .float16: all(UInt16.self) { Double(Float(halfBits: $0)) }
    case .bfloat16: all(UInt16.self) { Double(Float(brainBits: $0)) }
    case .float32: all(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .float64: all(UInt64.self) { Double(bitPattern: $0) }
    }
  }
}

extension NumberArray {
  /// The array reordered from Fortran order, first index fastest, to C order.
  var reorderedFromFortran: NumberArray {
    var strides: [Int] = []
    var stride = 1
    for length in shape {
      strides.append(stride)
      stride *= length
    }
    let size = element.size
    let reordered = Bytes(count: bytes.count) { target in
      bytes.withUnsafeBytes { source in
        var index = Array(repeating: 0, count: shape.count)
        for place in 0..<count {
          let from = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 } * size
          for byte in 0..<size { target[place * size + byte] = source[from + byte] }
          for axis in shape.indices.reversed() {
            index[axis] += 1
            if index[axis] < shape[axis] { break }
            index[axis] = 0
          }
        }
      }
    }
    return NumberArray(element, isBigEndian: isBigEndian, shape: shape, bytes: reordered)
  }
}

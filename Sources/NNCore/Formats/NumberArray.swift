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
  ///
  /// - Throws: `FileError` if there is no room for a temporary file.
  func reorderedFromFortran() throws -> NumberArray {
    try NumberArray(element, isBigEndian: isBigEndian, shape: shape.reversed(), bytes: bytes)
      .transposed(shape.indices.reversed())
  }

  /// The array with its axes in another order: axis i of the result is axis `axes[i]` of this array.
  ///
  /// - Throws: `FileError` if there is no room for a temporary file.
  func transposed(_ axes: [Int]) throws -> NumberArray {
    let shape = axes.map { self.shape[$0] }
    guard count > 0, axes != Array(axes.indices) else {
      return NumberArray(element, isBigEndian: isBigEndian, shape: shape, bytes: bytes)
    }
    let strides = axes.map { self.shape[($0 + 1)...].reduce(1, *) }
    // Where the elements of a row, an index of the first axis, lie behind the first of them.
    var offsets = [0]
    for (length, stride) in zip(shape, strides).dropFirst() {
      offsets = offsets.flatMap { offset in (0..<length).map { offset + $0 * stride } }
    }
    let rows = StridedRows(stride: strides[0], offsets: offsets)
    var builder = BytesBuilder(capacity: bytes.count)
    // Rows are made in blocks, because elements of neighbouring rows may be neighbours.
    let blockLength = max(1, min(64, (1 << 20) / (offsets.count * element.size)))
    for start in stride(from: 0, to: shape[0], by: blockLength) {
      let block = start..<min(start + blockLength, shape[0])
      try builder.append(upTo: block.count * offsets.count * element.size) { room in
        bytes.withUnsafeBytes { source in
          switch element.size {
          case 1: rows.copy(block, from: source, to: room, as: UInt8.self)
          case 2: rows.copy(block, from: source, to: room, as: UInt16.self)
          case 4: rows.copy(block, from: source, to: room, as: UInt32.self)
          default: rows.copy(block, from: source, to: room, as: UInt64.self)
          }
        }
        return room.count
      }
    }
    return NumberArray(element, isBigEndian: isBigEndian, shape: shape, bytes: try builder.finish())
  }
}

/// Rows of elements that are not one after the other.
private struct StridedRows {
  /// Elements from one row to the next.
  let stride: Int
  /// The places of a row's elements behind its first.
  let offsets: [Int]

  /// Copies rows, one after the other.
  func copy<Word: BitwiseCopyable>(
    _ rows: Range<Int>, from source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer,
    as type: Word.Type
  ) {
    let size = MemoryLayout<Word>.size
    for (column, offset) in offsets.enumerated() {
      for (index, row) in rows.enumerated() {
        let word = source.loadUnaligned(fromByteOffset: (row * stride + offset) * size, as: type)
        target.storeBytes(of: word, toByteOffset: (index * offsets.count + column) * size, as: type)
      }
    }
  }
}

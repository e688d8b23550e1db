import CZlib

/// Compresses the rows of small pictures in zlib's format (RFC 1950), by deflate's fixed codes (RFC 1951, section
/// 3.2.6).
///
/// Small drawings repeat only the previous pixel, mostly blank, and the row above. Searching only there takes a
/// fraction of zlib's time, and dynamic Huffman codes would be longer than what they save.
struct RowDeflater {
  /// The maximum number of bytes of the rows.
  static let maximumCount = 4096

  /// Bits in the order of writing, starting at the lowest.
  private struct Code {
    var bits: UInt64
    var count: UInt64

    static func + (first: Code, second: Code) -> Code {
      Code(bits: first.bits | second.bits << first.count, count: first.count + second.count)
    }

    /// A Huffman code, whose bits are written starting at the highest.
    static func huffman(_ code: UInt64, _ count: UInt64) -> Code {
      Code(bits: (0..<count).reduce(0) { $0 << 1 | code >> $1 & 1 }, count: count)
    }
  }

  private static let literals: [Code] = (0..<256).map { (byte: UInt64) in
    byte < 144 ? .huffman(0x30 + byte, 8) : .huffman(0x190 + byte - 144, 9)
  }
  /// The codes of match lengths 0 to 258; lengths below 3 have none.
  private static let lengths: [Code] = (0...258).map { length in
    // Groups of four codes stand for 1, 2, 4 … lengths each, except for the first eight codes and the last.
    guard length >= 3, length < 258 else { return length < 3 ? Code(bits: 0, count: 0) : .huffman(0xc5, 8) }
    let extra = max(0, (length - 3 | 4).highestBit - 2)
    let symbol = 257 + 4 * extra + (length - 3) >> extra
    let code: Code = symbol < 280 ? .huffman(UInt64(symbol - 256), 7) : .huffman(UInt64(0xc0 + symbol - 280), 8)
    return code + Code(bits: UInt64((length - 3) & (1 << extra - 1)), count: UInt64(extra))
  }

  private static func distance(_ distance: Int) -> Code {
    let extra = max(0, (distance - 1 | 2).highestBit - 1)
    return .huffman(UInt64(2 * extra + (distance - 1) >> extra), 5)
      + Code(bits: UInt64((distance - 1) & (1 << extra - 1)), count: UInt64(extra))
  }

  private let stride: Int
  private let toPixelBefore = distance(1)
  private let toRowAbove: Code

  /// - Parameter stride: the number of bytes of a row.
  init(stride: Int) {
    self.stride = stride
    toRowAbove = Self.distance(stride)
  }

  /// Compresses the first `count` bytes of `rows` into `target` from `place` on; returns the end, or nil if the rows
  /// have so many different pixels that zlib may compress better.
  ///
  /// - Precondition: `count` is at most `maximumCount`, `rows` has 8 more bytes, and `target` has room for as many
  ///   bytes as `rows` has.
  func deflate(_ rows: [UInt8], count: Int, into target: inout [UInt8], at place: Int) -> Int? {
    let source = rows.span.bytes
    var writer = BitWriter(place: place, end: place + count / 2)
    // The zlib header: deflate with a window of `maximumCount` bytes, fastest compression.
    writer.put(0x0d48, 16, &target)
    // The block is the last one and has fixed codes.
    writer.put(3, 3, &target)
    var at = 0
    while at < count {
      guard writer.hasRoom else { return nil }
      var length = at >= 1 ? Self.match(source, at, at - 1, count) : 0
      var code = toPixelBefore
      if length < 258, at >= stride {
        let other = Self.match(source, at, at - stride, count)
        if other > length { (length, code) = (other, toRowAbove) }
      }
      if length >= 3 {
        let whole = Self.lengths[length] + code
        writer.put(whole.bits, whole.count, &target)
        at += length
      } else {
        let literal = Self.literals[Int(rows[at])]
        writer.put(literal.bits, literal.count, &target)
        at += 1
      }
    }
    // The code for the end of the block, then padding to a whole byte.
    writer.put(0, 7, &target)
    writer.fillByte(&target)
    let sum = rows.withUnsafeBufferPointer { adler32(1, $0.baseAddress, UInt32(count)) }
    writer.put(UInt64(UInt32(sum).byteSwapped), 32, &target)
    writer.flush(&target)
    return writer.place
  }

  /// The length of the match between the bytes at `place` and at `other`, at most 258.
  @inline(__always)
  private static func match(_ source: RawSpan, _ place: Int, _ other: Int, _ end: Int) -> Int {
    let maximum = min(258, end - place)
    var length = 0
    while length < maximum {
      let difference =
        source.unsafeLoadUnaligned(fromByteOffset: place + length, as: UInt64.self).littleEndian
        ^ source.unsafeLoadUnaligned(fromByteOffset: other + length, as: UInt64.self).littleEndian
      if difference != 0 { return min(length + difference.trailingZeroBitCount / 8, maximum) }
      length += 8
    }
    return maximum
  }
}

/// Writes bits into bytes, starting at the lowest bit.
private struct BitWriter {
  private(set) var place: Int
  let end: Int
  private var bits: UInt64 = 0
  private var count: UInt64 = 0

  init(place: Int, end: Int) {
    (self.place, self.end) = (place, end)
  }

  var hasRoom: Bool { place < end }

  /// - Precondition: `count` is at most 32.
  @inline(__always)
  mutating func put(_ more: UInt64, _ moreCount: UInt64, _ target: inout [UInt8]) {
    bits |= more &<< count
    count &+= moreCount
    guard count >= 32 else { return }
    for byte in 0..<4 { target[place + byte] = UInt8(truncatingIfNeeded: bits &>> UInt64(8 * byte)) }
    place += 4
    bits &>>= 32
    count &-= 32
  }

  mutating func fillByte(_ target: inout [UInt8]) {
    put(0, (8 - count % 8) % 8, &target)
  }

  /// - Precondition: only whole bytes are pending.
  mutating func flush(_ target: inout [UInt8]) {
    while count > 0 {
      target[place] = UInt8(truncatingIfNeeded: bits)
      place += 1
      bits >>= 8
      count -= 8
    }
  }
}

extension Int {
  /// The position of the highest set bit.
  ///
  /// - Precondition: the value is above 0.
  fileprivate var highestBit: Int { Int.bitWidth - 1 - leadingZeroBitCount }
}

/// A chunk of a PNG file: the length of its data, a type of four letters, the data and a CRC.
struct PNGChunk {
  let kind: UInt32
  let data: Range<Int>

  static let header = code("IHDR")
  static let text = code("tEXt")
  static let end = code("IEND")

  /// The place after the chunk.
  var end: Int { data.upperBound + 4 }

  /// The chunk at `place`; nil if it is incomplete or its type is not of letters.
  init?(in file: Span<UInt8>, at place: Int) {
    guard place + 12 <= file.count else { return nil }
    let length = Int(Self.number(in: file, at: place))
    guard length <= file.count - place - 12 else { return nil }
    kind = Self.number(in: file, at: place + 4)
    guard Self.isKind(kind) else { return nil }
    data = place + 8..<place + 8 + length
  }

  init?(in file: Bytes, at place: Int) {
    guard let chunk = file.withSpan({ PNGChunk(in: $0, at: place) }) else { return nil }
    self = chunk
  }

  /// The bytes of a big-endian 32-bit number.
  static func number(in file: Span<UInt8>, at place: Int) -> UInt32 {
    UInt32(bigEndian: file.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  /// Whether all characters of the type are letters.
  static func isKind(_ kind: UInt32) -> Bool {
    (0..<4).allSatisfy {
      (UInt32(UInt8(ascii: "a"))...UInt32(UInt8(ascii: "z"))).contains(kind >> (8 * $0) & 0xff | 0x20)
    }
  }

  /// The bytes of a chunk type.
  static func code(_ kind: StaticString) -> UInt32 {
    kind.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }

  /// The bytes of a chunk.
  static func bytes(_ kind: UInt32, _ data: [UInt8]) -> [UInt8] {
    func big(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
    let body = big(kind) + data
    return big(UInt32(data.count)) + body + big(crc32(Bytes(body)))
  }

  /// Whether the CRC matches the type and the data.
  func isSound(in file: Span<UInt8>) -> Bool {
    let sum = file.extracting(data.lowerBound - 4..<data.upperBound).withUnsafeBufferPointer {
      crc32(UnsafeRawBufferPointer($0))
    }
    return sum == Self.number(in: file, at: data.upperBound)
  }

  func isSound(in file: Bytes) -> Bool {
    file.withSpan { isSound(in: $0) }
  }
}

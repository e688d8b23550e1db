/// Decompression of Snappy's raw blocks (format_description.txt of google/snappy).
package enum Snappy {
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// The content of a block.
  ///
  /// - Parameter size: the number of bytes that the block is known to hold.
  /// - Throws: `Fault` if it is damaged or holds another number of bytes.
  package static func decompress(_ block: Bytes, size: Int) throws -> Bytes {
    // A copy of three bytes makes at most 64. A larger size is refused before memory is taken for it.
    guard size / 22 <= block.count else { throw Fault(description: "\(block.count) bytes can't hold \(size)") }
    return try Bytes(count: size) { target in
      try block.withSpan { source in
        var reader = Reader()
        let told = try reader.varint(source)
        guard told == size else { throw Fault(description: "holds \(told) bytes, not \(size)") }
        var end = 0
        while reader.place < source.count {
          let tag = try reader.byte(source)
          if tag & 3 == 0 {
            let length = try reader.literalLength(source, tag)
            guard length <= source.count - reader.place else { throw Fault(description: "a literal ends early") }
            guard length <= size - end else { throw Fault(description: "holds more than \(size) bytes") }
            block.withUnsafeBytes { bytes in
              UnsafeMutableRawBufferPointer(rebasing: target[end...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[reader.place..<reader.place + length]))
            }
            reader.place += length
            end += length
          } else {
            let (length, distance) = try reader.copy(source, tag)
            guard distance > 0, distance <= end else { throw Fault(description: "copies from before its start") }
            guard length <= size - end else { throw Fault(description: "holds more than \(size) bytes") }
            // Source and target may overlap, which repeats the bytes between them.
            for place in end..<end + length { target[place] = target[place - distance] }
            end += length
          }
        }
        guard end == size else { throw Fault(description: "holds \(end) bytes, not \(size)") }
      }
    }
  }

  /// The position in a block, from which its tags are read.
  private struct Reader {
    var place = 0

    mutating func byte(_ source: Span<UInt8>) throws -> UInt8 {
      guard place < source.count else { throw Fault(description: "ends early") }
      place += 1
      return source[place - 1]
    }

    /// A number of `count` bytes, least significant first.
    private mutating func number(_ source: Span<UInt8>, _ count: Int) throws -> Int {
      var value = 0
      for index in 0..<count { value |= Int(try byte(source)) << (8 * index) }
      return value
    }

    mutating func varint(_ source: Span<UInt8>) throws -> Int {
      var value = 0
      for shift in stride(from: 0, to: 35, by: 7) {
        let next = try byte(source)
        value |= Int(next & 0x7f) << shift
        if next < 0x80 { return value }
      }
      throw Fault(description: "its length is damaged")
    }

    mutating func literalLength(_ source: Span<UInt8>, _ tag: UInt8) throws -> Int {
      let length = Int(tag >> 2)
      return length < 60 ? length + 1 : try number(source, length - 59) + 1
    }

    mutating func copy(_ source: Span<UInt8>, _ tag: UInt8) throws -> (length: Int, distance: Int) {
      switch tag & 3 {
      case 1: (Int(tag >> 2 & 7) + 4, Int(tag >> 5) << 8 | Int(try byte(source)))
      case 2: (Int(tag >> 2) + 1, try number(source, 2))
      default: (Int(tag >> 2) + 1, try number(source, 4))
      }
    }
  }
}

/// Decoding of Parquet's hybrid of runs and bit-packed numbers (Encodings.md of Apache Parquet, RLE = 3).
package enum BitPackedRuns {
  /// Decodes `count` numbers of `width` bits.
  ///
  /// - Precondition: `width` is 0 to 32.
  /// - Throws: `ParquetFault` if the bytes end before that.
  package static func decode(_ bytes: Bytes, width: Int, count: Int) throws -> [UInt32] {
    try bytes.withSpan { source in
      var numbers: [UInt32] = []
      numbers.reserveCapacity(count)
      var place = 0
      while numbers.count < count {
        let head = try varint(source, &place)
        if head & 1 == 0 {
          let value = try number(source, &place, size: (width + 7) / 8)
          numbers.append(contentsOf: repeatElement(value, count: min(Int(head >> 1), count - numbers.count)))
        } else {
          let wanted = min(Int(head >> 1) * 8, count - numbers.count)
          try unpack(source, &place, width: width, count: wanted, into: &numbers)
        }
      }
      return numbers
    }
  }

  /// Appends `count` numbers of `width` bits that begin at the lowest bit of the byte at `place`.
  private static func unpack(
    _ source: Span<UInt8>, _ place: inout Int, width: Int, count: Int, into numbers: inout [UInt32]
  ) throws {
    guard (count * width + 7) / 8 <= source.count - place else {
      throw ParquetFault(message: "its packed numbers end early")
    }
    let mask: UInt64 = (1 << UInt64(width)) - 1
    var (bits, held) = (UInt64(0), 0)
    for _ in 0..<count {
      while held < width {
        bits |= UInt64(source[place]) << UInt64(held)
        place += 1
        held += 8
      }
      numbers.append(UInt32(truncatingIfNeeded: bits & mask))
      bits >>= UInt64(width)
      held -= width
    }
    // Numbers beyond `count` fill the last group of eight, unless they are left out at the end of the bytes.
    place = min(place + (count + 7) / 8 * width - (count * width + 7) / 8, source.count)
  }

  private static func number(_ source: Span<UInt8>, _ place: inout Int, size: Int) throws -> UInt32 {
    guard size <= source.count - place else { throw ParquetFault(message: "its run ends early") }
    var value: UInt32 = 0
    for index in 0..<size { value |= UInt32(source[place + index]) << UInt32(8 * index) }
    place += size
    return value
  }

  private static func varint(_ source: Span<UInt8>, _ place: inout Int) throws -> UInt32 {
    var value: UInt32 = 0
    for shift in stride(from: UInt32(0), to: 35, by: 7) {
      guard place < source.count else { throw ParquetFault(message: "its runs end early") }
      let next = source[place]
      place += 1
      value |= UInt32(next & 0x7f) << shift
      if next < 0x80 { return value }
    }
    throw ParquetFault(message: "the length of a run is damaged")
  }
}

import CZlib

/// A stream that zlib inflates, part by part.
final class Inflater {
  enum Wrapping: Int32 {
    case gzip = 31
    /// Deflate alone, as in a zip file.
    case none = -15
  }

  /// What is wrong with the data.
  struct Fault: Error, Equatable, CustomStringConvertible {
    let description: String

    static let endsEarly = Fault(description: "ends early")
  }

  private let source: Bytes
  /// Bytes taken.
  private(set) var consumed = 0
  private var dropped = 0
  private var stream = z_stream()

  private static let block = 1 << 20

  init(_ wrapping: Wrapping, _ source: Bytes) throws {
    self.source = source
    let status = inflateInit2_(&stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw Fault(description: "no memory to decompress") }
  }

  deinit { inflateEnd(&stream) }

  /// Goes on at the same place with a new stream.
  func beginAgain() {
    inflateReset(&stream)
  }

  /// Adds the next part; true at the end of the stream.
  ///
  /// - Throws: `Fault`, or what the builder throws.
  func next(into output: inout BytesBuilder) throws -> Bool {
    var status = Z_OK
    try output.append(upTo: Self.block) { room in
      source.withUnsafeBytes { source in
        let available = min(source.count - consumed, 1 << 30)
        stream.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self).advanced(by: consumed))
        stream.avail_in = UInt32(available)
        stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(room.count)
        status = inflate(&stream, Z_NO_FLUSH)
        consumed += available - Int(stream.avail_in)
        return room.count - Int(stream.avail_out)
      }
    }
    if consumed - dropped > 8 * Self.block {
      source[dropped..<consumed].dropPages()
      dropped = consumed
    }
    switch status {
    case Z_OK: return false
    case Z_STREAM_END: return true
    case Z_BUF_ERROR where consumed == source.count: throw Fault.endsEarly
    default: throw Fault(description: stream.msg.map { String(cString: $0) } ?? "damaged")
    }
  }
}

/// Compresses to gzip, part by part; the same bytes give the same file.
package final class GzipWriter {
  private var stream = z_stream()
  private let write: (Bytes) throws -> Void

  private static let block = 1 << 18

  /// - Parameter write: takes the compressed parts.
  package init(write: @escaping (Bytes) throws -> Void) {
    self.write = write
    let status = deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory to compress")
  }

  deinit { deflateEnd(&stream) }

  /// - Throws: what writing throws.
  package func append(_ bytes: Bytes) throws {
    var start = 0
    while start < bytes.count {
      let part = bytes[start..<min(start + Self.block, bytes.count)]
      try deflate(part, Z_NO_FLUSH)
      part.dropPages()
      start += part.count
    }
  }

  /// Ends the file.
  ///
  /// - Throws: what writing throws.
  package func finish() throws {
    try deflate(Bytes([]), Z_FINISH)
  }

  private func deflate(_ part: Bytes, _ flush: Int32) throws {
    try part.withUnsafeBytes { source in
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(source.count)
      var isFull = true
      while isFull {
        var count = 0
        let output = Bytes(count: Self.block) { room in
          stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
          stream.avail_out = UInt32(room.count)
          CZlib.deflate(&stream, flush)
          count = room.count - Int(stream.avail_out)
          isFull = stream.avail_out == 0
        }
        if count > 0 { try write(output[0..<count]) }
      }
    }
  }
}

/// The checksum of gzip, zip and PNG over `bytes`, going on from that of what precedes them.
func crc32(_ bytes: Bytes, from previous: UInt32 = 0) -> UInt32 {
  var sum = UInt(previous)
  var start = 0
  while start < bytes.count {
    let part = bytes[start..<min(start + (1 << 20), bytes.count)]
    sum = part.withUnsafeBytes { UInt(crc32($0, from: UInt32(sum))) }
    part.dropPages()
    start += part.count
  }
  return UInt32(sum)
}

/// The same over memory of less than 4 GB.
func crc32(_ memory: UnsafeRawBufferPointer, from previous: UInt32 = 0) -> UInt32 {
  UInt32(CZlib.crc32(UInt(previous), memory.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(memory.count)))
}

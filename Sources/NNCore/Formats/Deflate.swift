import CZlib

/// Inflates a stream by zlib, part by part.
final class Inflater {
  enum Wrapping: Int32 {
    case gzip = 31
    /// Raw deflate data, as in a zip file.
    case none = -15
  }

  /// An error in the compressed data.
  struct Fault: Error, Equatable, CustomStringConvertible {
    let description: String

    static let endsEarly = Fault(description: "ends early")
  }

  private let source: Bytes
  /// Number of bytes consumed.
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

  /// Starts a new stream at the current position.
  func beginAgain() {
    inflateReset(&stream)
  }

  /// Appends the next part to the output; returns true at the end of the stream.
  ///
  /// - Throws: `Fault`, or errors of the builder.
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

/// Compresses to gzip, part by part. The same bytes always give the same file.
package final class GzipWriter {
  private var stream = z_stream()
  private let write: (Bytes) throws -> Void

  private static let block = 1 << 18

  /// - Parameter write: is called with each compressed part.
  package init(write: @escaping (Bytes) throws -> Void) {
    self.write = write
    let status = deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory to compress")
  }

  deinit { deflateEnd(&stream) }

  /// - Throws: errors of `write`.
  package func append(_ bytes: Bytes) throws {
    var start = 0
    while start < bytes.count {
      let part = bytes[start..<min(start + Self.block, bytes.count)]
      try deflate(part, Z_NO_FLUSH)
      part.dropPages()
      start += part.count
    }
  }

  /// Finishes the file.
  ///
  /// - Throws: errors of `write`.
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

/// The CRC-32 of gzip, zip and PNG over `bytes`, starting from the checksum of the preceding bytes.
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

/// The CRC-32 of less than 4 GB of memory.
func crc32(_ memory: UnsafeRawBufferPointer, from previous: UInt32 = 0) -> UInt32 {
  UInt32(CZlib.crc32(UInt(previous), memory.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(memory.count)))
}

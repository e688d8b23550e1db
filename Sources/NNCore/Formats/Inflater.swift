import CZlib

/// Inflates a stream by zlib, part by part.
final class Inflater {
  enum Wrapping: Int32 {
    case gzip = 31
    case zlib = 15
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

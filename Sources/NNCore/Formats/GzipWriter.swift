import CZlib

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

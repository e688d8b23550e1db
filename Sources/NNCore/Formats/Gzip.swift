import CZlib

/// Decompression of gzip files (RFC 1952) by zlib.
public enum Gzip {
  /// Whether the bytes start as a gzip file does.
  public static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.hasBytes([0x1f, 0x8b])
  }

  /// The content of a gzip file: all its members, one after the other, each checked by its CRC.
  ///
  /// - Throws: `FileError` of kind `badData` if the file is damaged, ends early, or is followed by something else.
  public static func inflate(_ bytes: Bytes, of file: InputFile) throws -> Bytes {
    try bytes.withUnsafeBytes { try inflate($0, of: file) }
  }

  private static func inflate(_ source: UnsafeRawBufferPointer, of file: InputFile) throws -> Bytes {
    // The last four bytes hold the length of the last member, modulo 2³². Deflate can't do better than 1 : 1032.
    let hint = source.count < 18 ? 0 : Int(source.loadUnaligned(fromByteOffset: source.count - 4, as: UInt32.self).littleEndian)
    var output = BytesBuilder(capacity: min(hint, 1032 * source.count))
    var stream = z_stream()
    // 16: gzip only.
    guard inflateInit2_(&stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw FileError(.inputOutput, file: file.name, "no memory to decompress")
    }
    defer { inflateEnd(&stream) }

    var consumed = 0
    while true {
      let available = min(source.count - consumed, 1 << 30)
      stream.next_in = UnsafeMutablePointer(
        mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self).advanced(by: consumed))
      stream.avail_in = UInt32(available)
      var status = Z_OK
      output.append(upTo: 1 << 20) { room in
        stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(room.count)
        status = CZlib.inflate(&stream, Z_NO_FLUSH)
        return room.count - Int(stream.avail_out)
      }
      consumed += available - Int(stream.avail_in)
      switch status {
      case Z_OK: continue
      case Z_STREAM_END:
        if consumed == source.count { return output.finish() }
        inflateReset(&stream)
      case Z_BUF_ERROR where consumed == source.count:
        throw file.malformed("the gzip data ends early", at: .byte(consumed))
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "damaged"
        throw file.malformed("gzip: \(reason)", at: .byte(consumed))
      }
    }
  }
}

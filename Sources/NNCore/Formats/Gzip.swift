/// Decompression of gzip files (RFC 1952) by zlib.
package enum Gzip {
  /// Whether the bytes start as a gzip file does.
  package static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.hasBytes([0x1f, 0x8b])
  }

  /// The content of a gzip file: all its members, one after the other, each checked by its CRC.
  ///
  /// - Parameter report: is called now and then with the number of bytes that are read and the total.
  /// - Throws: `FileError` of kind `badData` if the file is damaged, ends early, is followed by something else, or
  ///   grows beyond `limit`.
  package static func inflate(
    _ bytes: Bytes, of file: InputFile, limit: InflationLimit = InflationLimit(),
    report: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Bytes {
    let maximum = limit.maximum(from: bytes.count)
    // The last four bytes hold the length of the last member, modulo 2³².
    let hint = bytes.count < 18 ? 0 : Int(bytes.little(bytes.count - 4, as: UInt32.self))
    var output = BytesBuilder(capacity: min(hint, maximum))
    let inflater = try Inflater(.gzip, bytes)
    while true {
      let isAtEnd: Bool
      do {
        isAtEnd = try inflater.next(into: &output)
      } catch let fault as Inflater.Fault {
        let place = FileError.Place.byte(inflater.consumed)
        throw file.malformed(fault == .endsEarly ? "the gzip data ends early" : "gzip: \(fault)", at: place)
      }
      report(inflater.consumed, bytes.count)
      guard output.count <= maximum else {
        throw file.malformed("gzip: \(limit.refusal(from: bytes.count))", remedy: .allowMoreInflation)
      }
      if isAtEnd {
        // Tapes and block devices pad with zeros, which gzip ignores too.
        let rest = bytes[inflater.consumed..<bytes.count]
        if rest.isZero { return try output.finish() }
        inflater.beginAgain()
      }
    }
  }
}

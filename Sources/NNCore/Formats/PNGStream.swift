// Several pictures in one file or pipe.

extension PNG {
  /// Splits `bytes` into the parts that hold a picture each.
  ///
  /// A picture ends with its IEND chunk; a picture with damaged chunks ends where the next begins. Other bytes form a
  /// part of their own if they are a picture of another format or come first, so that decoding reports them; otherwise
  /// they are skipped.
  ///
  /// - Throws: `FileError` of kind `badData` if there are no bytes.
  package static func split(_ bytes: Bytes, of file: InputFile) throws -> [Bytes] {
    guard bytes.count > 0 else { throw file.malformed("is empty, not a PNG") }
    var parts: [Bytes] = []
    var start = 0
    while start < bytes.count {
      let rest = bytes[start..<bytes.count]
      let end = start + lengthOfFirst(in: rest)
      parts.append(bytes[start..<end])
      start = end
    }
    return parts
  }

  private static func lengthOfFirst(in bytes: Bytes) -> Int {
    guard recognizes(bytes) else { return nextSignature(in: bytes, from: 0) }
    var place = signature.count
    // The checksum shows that the picture was not cut off so that the end of the next picture seems to be its own.
    while let chunk = PNGChunk(in: bytes, at: place), chunk.isSound(in: bytes) {
      place = chunk.end
      if chunk.kind == PNGChunk.end {
        let isBesideAnother = OtherPictureFormat(bytes[place..<bytes.count]) != nil
        return isBesideAnother ? place : nextSignature(in: bytes, from: place)
      }
    }
    return nextSignature(in: bytes, from: signature.count)
  }

  /// The place of the next signature, or the end.
  static func nextSignature(in bytes: Bytes, from start: Int) -> Int {
    bytes.withSpan { span in
      var place = start
      while place <= span.count - signature.count {
        if span[place] == signature[0], bytes.hasBytes(signature, at: place) { return place }
        place += 1
      }
      return span.count
    }
  }
}

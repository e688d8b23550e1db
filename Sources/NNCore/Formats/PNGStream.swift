// Pictures one after the other in one file or pipe.

extension PNG {
  /// The parts of `bytes` that are a picture each, to be decoded one by one.
  ///
  /// A picture ends with its IEND chunk; one whose chunks are damaged ends where the next begins. What is no PNG, before
  /// or between them, is a part of its own if it is a picture of another format or stands first, so that decoding it
  /// tells what it is; else it is left out of account, as after a single picture.
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
    // The checksum shows that a picture was not cut off just so that the next one seems to be its end.
    while let chunk = PNGChunk(in: bytes, at: place), chunk.isSound(in: bytes) {
      place = chunk.end
      if chunk.kind == PNGChunk.end {
        let isBesideAnother = OtherPictureFormat(bytes[place..<bytes.count]) != nil
        return isBesideAnother ? place : nextSignature(in: bytes, from: place)
      }
    }
    return nextSignature(in: bytes, from: signature.count)
  }

  /// Where the next picture begins, or the end.
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

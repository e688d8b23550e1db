// Several pictures in one file or pipe.

extension PictureFile {
  /// Splits `bytes` into the parts that hold a picture each.
  ///
  /// A PNG ends with its IEND chunk, a JPEG with its EOI marker; a picture with damaged chunks or segments ends where
  /// the next begins. Other bytes form a part of their own if they are a picture of another format or come first, so
  /// that decoding reports them; otherwise they are skipped.
  ///
  /// - Throws: `FileError` of kind `badData` if there are no bytes.
  package static func split(_ bytes: Bytes, of file: InputFile) throws -> [Bytes] {
    guard bytes.count > 0 else { throw file.malformed("is empty, not a PNG or JPEG") }
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
    if PNG.recognizes(bytes) { return lengthOfPNG(in: bytes) }
    return JPEG.recognizes(bytes) ? lengthOfJPEG(in: bytes) : nextSignature(in: bytes, from: 0)
  }

  private static func lengthOfPNG(in bytes: Bytes) -> Int {
    var place = PNG.signature.count
    // The checksum shows that the picture was not cut off so that the end of the next picture seems to be its own.
    while let chunk = PNGChunk(in: bytes, at: place), chunk.isSound(in: bytes) {
      place = chunk.end
      if chunk.kind == PNGChunk.end { return lengthToNext(in: bytes, from: place) }
    }
    return nextSignature(in: bytes, from: PNG.signature.count)
  }

  private static func lengthOfJPEG(in bytes: Bytes) -> Int {
    var end = JPEGEnd()
    let isWhole = bytes.withSpan { span in
      for place in span.indices {
        switch end.pass(span[place]) {
        case .goesOn: break
        case .ends: return true
        case .isDamaged: return false
        }
      }
      return false
    }
    guard isWhole else { return nextSignature(in: bytes, from: end.scanStart ?? JPEG.signature.count) }
    // A PNG inside shows that the picture was cut off, and that the end is another's.
    let cut = nextSignature(in: bytes[0..<end.count], from: JPEG.signature.count) { PNG.recognizes($0) }
    return cut < end.count ? cut : lengthToNext(in: bytes, from: end.count)
  }

  /// The length of a picture that ends at `place`, with the bytes after it that are none.
  private static func lengthToNext(in bytes: Bytes, from place: Int) -> Int {
    let isBesideAnother = OtherPictureFormat(bytes[place..<bytes.count]) != nil
    return isBesideAnother ? place : nextSignature(in: bytes, from: place)
  }

  /// Whether a picture begins here among other bytes. By chance, the three bytes that begin a JPEG are frequent; so the
  /// marker after them has to be one that a picture may begin with.
  static func begins(_ bytes: Bytes) -> Bool {
    PNG.recognizes(bytes) || JPEG.recognizes(bytes) && bytes.count > 3 && JPEG.firstMarkers.contains(bytes[3])
  }

  /// The place of the next signature, or the end.
  static func nextSignature(
    in bytes: Bytes, from start: Int, where isSignature: (Bytes) -> Bool = PictureFile.begins
  ) -> Int {
    bytes.withSpan { span in
      var place = start
      while place < span.count {
        let byte = span[place]
        if byte == PNG.signature[0] || byte == JPEG.signature[0], isSignature(bytes[place..<span.count]) {
          return place
        }
        place += 1
      }
      return span.count
    }
  }
}

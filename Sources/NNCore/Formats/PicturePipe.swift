/// Reads pictures one after the other from a pipe, each as soon as its last byte has arrived. They are the parts that
/// `PictureFile.split` gives; other bytes after a picture are skipped.
package struct PicturePipe {
  private let file: InputFile
  /// The number of bytes of a read.
  private let blockSize: Int
  /// The bytes that have arrived; the pictures before `start` were returned.
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var isFirst = true
  /// The place before which there is no signature, except at `start`.
  private var searched = 0

  package init(_ file: InputFile, blockSize: Int = 1 << 16) {
    (self.file, self.blockSize) = (file, blockSize)
  }

  /// The next picture, sound or damaged, to be decoded; nil at the end.
  ///
  /// - Throws: `FileError` of kind `badData` if nothing arrives at all, `inputOutput` if reading fails.
  package mutating func next() throws -> Bytes? {
    while true {
      if let length = try lengthOfWhole() { return take(length) }
      guard start < buffer.count else {
        if isFirst { _ = try PictureFile.split(Bytes([]), of: file) }
        return nil
      }
      // Bytes without a sound picture extend to the next signature, or to the end.
      let isPicture = try beginsPicture() || isFirst || isOfOtherFormat()
      let length = try lengthToNextSignature()
      if isPicture { return take(length) }
      start += length
    }
  }

  private mutating func isOfOtherFormat() throws -> Bool {
    _ = try fill(upTo: 1024)
    return OtherPictureFormat(Bytes(Array(buffer[start...].prefix(1024)))) != nil
  }

  private mutating func beginsPicture() throws -> Bool {
    _ = try fill(upTo: PNG.signature.count)
    let beginning = Bytes(Array(buffer[start...].prefix(PNG.signature.count)))
    return isFirst ? PictureFile.recognizes(beginning) : PictureFile.begins(beginning)
  }

  /// Returns `length` bytes, or fewer if checksums show that a picture among them was cut off.
  private mutating func take(_ length: Int) -> Bytes? {
    let whole = Bytes(Array(buffer[start..<start + length]))
    let first = (try? PictureFile.split(whole, of: file))?.first ?? whole
    start += first.count
    searched = start
    isFirst = false
    return first
  }

  /// The length of the picture at `start` from its signature to its end, once it has arrived; nil if it is damaged.
  private mutating func lengthOfWhole() throws -> Int? {
    guard try beginsPicture() else { return nil }
    return buffer[start...].starts(with: PNG.signature) ? try lengthOfPNG() : try lengthOfJPEG()
  }

  private mutating func lengthOfJPEG() throws -> Int? {
    var end = JPEGEnd()
    walk: while try fill(upTo: end.count + 1) {
      while start + end.count < buffer.count {
        switch end.pass(buffer[start + end.count]) {
        case .goesOn: break
        case .ends: return end.count
        case .isDamaged: break walk
        }
      }
    }
    searched = max(searched, start + (end.scanStart ?? 0))
    return nil
  }

  private mutating func lengthOfPNG() throws -> Int? {
    var place = PNG.signature.count
    while true {
      guard try fill(upTo: place + 12) else { return nil }
      let header = Bytes(Array(buffer[start + place..<start + place + 8]))
      let (dataLength, kind) = (Int(header.big(0, as: UInt32.self)), header.big(4, as: UInt32.self))
      guard PNGChunk.isKind(kind), dataLength <= Int(Int32.max), try fill(upTo: place + 12 + dataLength) else {
        return nil
      }
      place += 12 + dataLength
      // The checksum shows that no other picture begins inside this chunk.
      if kind == PNGChunk.end {
        return buffer[..<(start + place)].suffix(12).elementsEqual(PNGChunk.bytes(kind, [])) ? place : nil
      }
    }
  }

  private mutating func lengthToNextSignature() throws -> Int {
    searched = max(searched, start + 1)
    while true {
      let place = searched
      if place < buffer.count {
        let unseen = Bytes(Array(buffer[place...]))
        let found = PictureFile.nextSignature(in: unseen, from: 0)
        if found < unseen.count { return place + found - start }
        // The last few bytes may begin a signature.
        searched = max(place, buffer.count - PNG.signature.count + 1)
      }
      let missing = buffer.count - start + 1
      guard try fill(upTo: missing) else { return buffer.count - start }
    }
  }

  /// Reads until `count` bytes from `start` on have arrived.
  ///
  /// - Returns: false if the pipe ended before.
  private mutating func fill(upTo count: Int) throws -> Bool {
    if start > blockSize, start > buffer.count / 2 {
      buffer.removeFirst(start)
      searched = max(searched - start, 0)
      start = 0
    }
    while buffer.count - start < count, !isAtEnd {
      let arrived = try file.readArrived(upTo: blockSize)
      isAtEnd = arrived.isEmpty
      buffer += arrived
    }
    return buffer.count - start >= count
  }
}

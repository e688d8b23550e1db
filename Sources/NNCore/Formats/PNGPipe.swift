/// Pictures that arrive one after the other through a pipe, each to be had as soon as its last byte is there. They are
/// the parts that `PNG.split` makes of the whole; what is no picture and follows one is left out.
package struct PNGPipe {
  private let file: InputFile
  /// How much is asked for at a time.
  private let blockSize: Int
  /// What has arrived, from `start` on not yet given out.
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var isFirst = true
  /// Up to where there is no signature, but for that at `start`.
  private var searched = 0

  package init(_ file: InputFile, blockSize: Int = 1 << 16) {
    (self.file, self.blockSize) = (file, blockSize)
  }

  /// The next picture, sound or not, to be decoded; nil at the end.
  ///
  /// - Throws: `FileError` of kind `badData` if nothing arrives at all, `inputOutput` if reading fails.
  package mutating func next() throws -> Bytes? {
    while true {
      if let length = try lengthOfWhole() { return take(length) }
      guard start < buffer.count else {
        if isFirst { _ = try PNG.split(Bytes([]), of: file) }
        return nil
      }
      // No PNG, or a damaged one: up to the next, or to the end.
      let isPicture = try beginsWithSignature || isFirst || isOfOtherFormat()
      let length = try lengthToNextSignature()
      if isPicture { return take(length) }
      start += length
    }
  }

  private mutating func isOfOtherFormat() throws -> Bool {
    _ = try fill(upTo: 1024)
    return OtherPictureFormat(Bytes(Array(buffer[start...].prefix(1024)))) != nil
  }

  private var beginsWithSignature: Bool { buffer[start...].starts(with: PNG.signature) }

  /// Hands out `length` bytes, or less where checksums tell that a picture among them was cut off.
  private mutating func take(_ length: Int) -> Bytes? {
    let whole = Bytes(Array(buffer[start..<start + length]))
    let first = (try? PNG.split(whole, of: file))?.first ?? whole
    start += first.count
    searched = start
    isFirst = false
    return first
  }

  /// The length of the picture at `start`, from its signature to its last chunk, once it is there; nil if there is none
  /// that is put together as it should be.
  private mutating func lengthOfWhole() throws -> Int? {
    guard try fill(upTo: PNG.signature.count), beginsWithSignature else { return nil }
    var place = PNG.signature.count
    while true {
      guard try fill(upTo: place + 12) else { return nil }
      let header = Bytes(Array(buffer[start + place..<start + place + 8]))
      let (dataLength, kind) = (Int(header.big(0, as: UInt32.self)), header.big(4, as: UInt32.self))
      guard PNGChunk.isKind(kind), dataLength <= Int(Int32.max), try fill(upTo: place + 12 + dataLength) else {
        return nil
      }
      place += 12 + dataLength
      // Its checksum shows that a next picture has not begun in it.
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
        let found = PNG.nextSignature(in: unseen, from: 0)
        if found < unseen.count { return place + found - start }
        // The last few may begin one.
        searched = max(place, buffer.count - PNG.signature.count + 1)
      }
      let missing = buffer.count - start + 1
      guard try fill(upTo: missing) else { return buffer.count - start }
    }
  }

  /// Waits until there are `count` bytes from `start` on.
  ///
  /// - Returns: whether there are so many.
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

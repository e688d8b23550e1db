import NNCore
import Testing

/// Pictures as they arrive, against the same bytes split when all are there.
@Suite struct PicturePipeTests {
  private let pictures: [[UInt8]]
  private let jpegs: [[UInt8]]

  init() throws {
    let tensors = try Fixtures.safetensors("png").tensors
    let jpegs = try Fixtures.safetensors("jpeg").tensors
    pictures = try ["rgb-8/plain", "palette-4-trns/plain", "size-1x1/plain"].map { name in
      [UInt8](try #require(tensors[name]).bytes)
    }
    self.jpegs = try ["thumbnail", "rgb-restarts", "grey-progressive"].map { name in
      [UInt8](try #require(jpegs[name + "/file"]).bytes)
    }
  }

  private static let blockSizes = [1, 7, 100, 1 << 16]

  private func arrive(_ bytes: [UInt8], blockSize: Int) throws -> [[UInt8]] {
    var pipe = PicturePipe(try temporaryFile(bytes), blockSize: blockSize)
    var parts: [[UInt8]] = []
    while let part = try pipe.next() { parts.append([UInt8](part)) }
    return parts
  }

  @Test(arguments: blockSizes)
  func oneAfterTheOther(_ blockSize: Int) throws {
    let many = Array(repeating: pictures, count: 40).flatMap { $0 }
    #expect(try arrive(many.flatMap { $0 }, blockSize: blockSize) == many)
    #expect(try arrive(pictures[0], blockSize: blockSize) == [pictures[0]])
    expectFault("is empty") { try arrive([], blockSize: blockSize) }
  }

  @Test(arguments: blockSizes)
  func cutOffOrDamaged(_ blockSize: Int) throws {
    let (first, second) = (pictures[1], pictures[0])
    for count in stride(from: 8, to: first.count, by: 5) {
      for bytes in [first[..<count] + second + second, second + first[..<count] + second] {
        let wanted = try PictureFile.split(Bytes(Array(bytes)), of: nowhere()).map { [UInt8]($0) }
        #expect(wanted.count == 3)
        #expect(try arrive(Array(bytes), blockSize: blockSize) == wanted, "\(count)")
      }
    }
    for place in stride(from: 8, to: first.count, by: 3) {
      var damaged = first
      damaged[place] ^= 0x91
      let bytes = damaged + second
      let wanted = try PictureFile.split(Bytes(bytes), of: nowhere()).map { [UInt8]($0) }
      #expect(try arrive(bytes, blockSize: blockSize) == wanted, "\(place)")
    }
  }

  @Test(arguments: blockSizes)
  func ofBothFormats(_ blockSize: Int) throws {
    let both = [pictures[0], jpegs[0], jpegs[1], pictures[1], jpegs[2]]
    #expect(try arrive(both.flatMap { $0 }, blockSize: blockSize) == both)
    let first = jpegs[1]
    for count in stride(from: 3, to: first.count, by: 11) {
      for bytes in [first[..<count] + jpegs[0] + pictures[0], pictures[0] + first[..<count] + pictures[1]] {
        try expectParts(Array(bytes), blockSize, "\(count)")
      }
    }
    for place in stride(from: 3, to: first.count, by: 5) {
      var damaged = first
      damaged[place] ^= 0x91
      try expectParts(damaged + pictures[0], blockSize, "\(place)")
    }
  }

  /// Expects the parts that all bytes at once give, without what follows the end of a picture in its part.
  private func expectParts(_ bytes: [UInt8], _ blockSize: Int, _ what: String) throws {
    let wanted = try PictureFile.split(Bytes(bytes), of: nowhere()).map { [UInt8]($0) }
    let parts = try arrive(bytes, blockSize: blockSize)
    #expect(parts.count == wanted.count && zip(parts, wanted).allSatisfy { $1.starts(with: $0) }, "\(what)")
  }

  @Test(arguments: blockSizes)
  func whatIsNone(_ blockSize: Int) throws {
    let (jpeg, text): ([UInt8], [UInt8]) = ([0xff, 0xd8, 0xff, 0xe0, 1, 2], Array("some text\n".utf8))
    #expect(try arrive(text + pictures[0], blockSize: blockSize) == [text, pictures[0]])
    #expect(try arrive(jpeg, blockSize: blockSize) == [jpeg])
    #expect(try arrive(pictures[0] + jpeg + pictures[1], blockSize: blockSize) == [pictures[0], jpeg, pictures[1]])
    // What follows a picture and is none is left out.
    #expect(try arrive(pictures[0] + text + pictures[1] + text, blockSize: blockSize) == [pictures[0], pictures[1]])
  }

  /// A picture is there when its last byte is, though nothing follows it.
  @Test func nothingMoreIsAwaited() throws {
    let path = try TemporaryFolder().path + "-pipe"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let keep = open(path, O_RDWR)
    defer { close(keep) }
    var pipe = PicturePipe(try InputFile(path: path))
    for picture in pictures + jpegs + pictures {
      try #require(picture.count < 4096 && write(keep, picture, picture.count) == picture.count)
      #expect(try pipe.next().map { [UInt8]($0) } == picture)
    }
  }
}

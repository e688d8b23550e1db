import NNCore
import Testing

/// Pictures as they arrive, against the same bytes split when all are there.
@Suite struct PNGPipeTests {
  private let pictures: [[UInt8]]

  init() throws {
    let tensors = try Fixtures.safetensors("png").tensors
    pictures = try ["rgb-8/plain", "palette-4-trns/plain", "size-1x1/plain"].map { name in
      [UInt8](try #require(tensors[name]).bytes)
    }
  }

  private static let blockSizes = [1, 7, 100, 1 << 16]

  private func arrive(_ bytes: [UInt8], blockSize: Int) throws -> [[UInt8]] {
    var pipe = PNGPipe(try temporaryFile(bytes), blockSize: blockSize)
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
        let wanted = try PNG.split(Bytes(Array(bytes)), of: nowhere()).map { [UInt8]($0) }
        #expect(wanted.count == 3)
        #expect(try arrive(Array(bytes), blockSize: blockSize) == wanted, "\(count)")
      }
    }
    for place in stride(from: 8, to: first.count, by: 3) {
      var damaged = first
      damaged[place] ^= 0x91
      let bytes = damaged + second
      let wanted = try PNG.split(Bytes(bytes), of: nowhere()).map { [UInt8]($0) }
      #expect(try arrive(bytes, blockSize: blockSize) == wanted, "\(place)")
    }
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
    var pipe = PNGPipe(try InputFile(path: path))
    for picture in pictures + pictures {
      try #require(picture.count < 4096 && write(keep, picture, picture.count) == picture.count)
      #expect(try pipe.next().map { [UInt8]($0) } == picture)
    }
  }
}

import NNCore
import Testing

/// Several pictures in one run of bytes.
@Suite struct PictureStreamTests {
  private let pictures: [[UInt8]]

  init() throws {
    let tensors = try Fixtures.safetensors("png").tensors
    pictures = try ["rgb-8/plain", "grey-16/interlaced", "palette-4-trns/plain", "size-1x1/plain"].map { name in
      [UInt8](try #require(tensors[name]).bytes)
    }
  }

  private func split(_ bytes: [UInt8]) throws -> [[UInt8]] {
    try PictureFile.split(Bytes(bytes), of: nowhere()).map { [UInt8]($0) }
  }

  @Test func oneAfterTheOther() throws {
    #expect(try split(pictures.flatMap { $0 }) == pictures)
    #expect(try split(pictures[2]) == [pictures[2]])
    expectFault("is empty") { try split([]) }
  }

  /// One that is cut off ends where the next begins, wherever it was cut.
  @Test func cutOff() throws {
    let (first, second) = (pictures[2], pictures[0])
    for count in 8..<first.count {
      #expect(try split(first[..<count] + second + second) == [Array(first[..<count]), second, second], "\(count)")
      #expect(try split(second + first[..<count]) == [second, Array(first[..<count])], "\(count)")
    }
  }

  @Test func damagedLengths() throws {
    for value in [UInt8(0), 1, 77, 255] {
      var first = pictures[0]
      first.replaceSubrange(8..<12, with: [value, 0, value, value])
      #expect(try split(first + pictures[1]) == [first, pictures[1]])
    }
  }

  @Test func whatIsNone() throws {
    let (jpeg, text): ([UInt8], [UInt8]) = ([0xff, 0xd8, 0xff, 0xe0, 1, 2], Array("some text\n".utf8))
    #expect(try split(text + pictures[0]) == [text, pictures[0]])
    #expect(try split(pictures[0] + jpeg + pictures[1]) == [pictures[0], jpeg, pictures[1]])
    #expect(try split(pictures[0] + text + pictures[1] + text) == [pictures[0] + text, pictures[1] + text])
    #expect(try split(text) == [text])
  }

  /// JPEGs end by their marker, whatever their notes hold, and where the next picture begins.
  @Test func ofBothFormats() throws {
    let tensors = try Fixtures.safetensors("jpeg").tensors
    let jpegs = try ["thumbnail", "comment", "rgb-restarts", "rgb-progressive", "turned-6"].map { name in
      [UInt8](try #require(tensors[name + "/file"]).bytes)
    }
    #expect(try split(jpegs.flatMap { $0 }) == jpegs)
    #expect(
      try split(pictures[0] + jpegs[0] + pictures[1] + jpegs[1]) == [pictures[0], jpegs[0], pictures[1], jpegs[1]])
    let restarts = jpegs[2]
    let scan = try #require(restarts.indices.last { restarts[$0...].starts(with: [0xff, 0xda]) })
    for count in stride(from: scan + 20, to: restarts.count, by: 7) {
      let cut = Array(restarts[..<count])
      #expect(try split(cut + jpegs[0] + pictures[0]) == [cut, jpegs[0], pictures[0]], "\(count)")
      #expect(try split(cut + pictures[0] + jpegs[0]) == [cut, pictures[0], jpegs[0]], "\(count)")
    }
  }

  @Test func everyPartIsDecodedAsAlone() throws {
    let damaged = Array(pictures[0].dropLast(40))
    let parts = try PictureFile.split(Bytes(pictures[1] + damaged + pictures[3]), of: nowhere())
    try #require(parts.count == 3)
    for (part, alone) in [(parts[0], pictures[1]), (parts[2], pictures[3])] {
      #expect(try PNG.decode(part, of: nowhere()).samples == PNG.decode(Bytes(alone), of: nowhere()).samples)
    }
    expectFault("damaged PNG") { try PNG.decode(parts[1], of: nowhere()) }
  }
}

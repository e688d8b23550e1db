import NNCore
import Testing

/// JPEG files against what Pillow decodes of them, see make-jpeg.py; where the library is installed.
@Suite(.enabled(if: JPEG.isReadable, "libturbojpeg is not installed"))
struct JPEGTests {
  private let tensors: [String: Safetensors.Tensor]
  private let names: [String]

  init() throws {
    tensors = try Fixtures.safetensors("jpeg").tensors
    names = Set(tensors.keys.map { String($0.prefix { $0 != "/" }) }).sorted()
  }

  private func file(_ name: String) throws -> [UInt8] { [UInt8](try #require(tensors[name + "/file"]).bytes) }

  private func decode(_ bytes: [UInt8], maxPixels: Int = PictureFile.maximumPixels) throws -> Picture {
    try PictureFile.decode(Bytes(bytes), of: nowhere(), maxPixels: maxPixels)
  }

  @Test func everyKindOfColoursScansAndTurns() throws {
    #expect(names.count == 22)
    for name in names {
      let wanted = try #require(tensors[name + "/pixels"])
      let picture = try decode(file(name))
      #expect([picture.height, picture.width] == Array(wanted.shape.prefix(2)), "\(name)")
      let depth = wanted.shape.count == 2 ? 1 : 3
      // Grey is exact. Colours are converted and upsampled by rules that differ by a rounding.
      let tolerance = depth == 1 ? 0 : 2
      let isClose = (0..<picture.width * picture.height).allSatisfy { pixel in
        picture.samples[4 * pixel + 3] == 255
          && (0..<3).allSatisfy { channel in
            let place = depth == 1 ? pixel : 3 * pixel + channel
            return abs(Int(picture.samples[4 * pixel + channel]) - Int(wanted.bytes[place])) <= tolerance
          }
      }
      #expect(isClose && wanted.bytes.count == depth * picture.width * picture.height, "\(name)")
    }
  }

  /// The grey ones are examples as they are stored, without a way through colours.
  @Test func examples() throws {
    for name in names where tensors[name + "/pixels"]?.shape.count == 2 {
      var options = DataReader.Options()
      options.treatment = .raw
      var reader = DataReader(options)
      let folder = try TemporaryFolder()
      try folder.add("1.jpeg", file(name))
      try reader.add(folder: folder.path)
      #expect(try [UInt8](reader.dataset().inputs.bytes) == [UInt8](tensors[name + "/pixels"]!.bytes), "\(name)")
    }
  }

  @Test func damage() throws {
    for name in ["grey", "rgb-progressive", "turned-6", "cmyk"] {
      let sound = try file(name)
      for count in 2..<sound.count {
        expectFault(count < 3 ? "is not a PNG or JPEG" : "damaged JPEG") { try decode(Array(sound[..<count])) }
      }
      Damage.expectSurvived(sound, corruptions: 2000, name) { _ = try decode($0, maxPixels: 1 << 16) }
    }
  }

  @Test func limits() throws {
    let sound = try file("grey")
    expectFault("is of 37 x 23 pixels, more than the 850", remedy: .allowMorePixels) {
      try decode(sound, maxPixels: 850)
    }
    #expect(try decode(sound, maxPixels: 851).width == 37)
    // A header that promises too much is refused before memory is taken.
    let frame = try #require((0..<sound.count).first { sound[$0...].starts(with: [0xff, 0xc0]) })
    var huge = sound
    huge.replaceSubrange(frame + 5..<frame + 9, with: [0x20, 0, 0x20, 0])
    expectFault("not enough data for 8192 x 8192 pixels") { try decode(huge) }
  }

  /// A progressive file of more scans than any camera writes takes minutes of work for a few bytes.
  @Test func tooManyScans() throws {
    let sound = try file("grey-progressive")
    let scans = sound.indices.filter { sound[$0...].starts(with: [0xff, 0xda]) }
    try #require(scans.count > 2)
    let last = Array(sound[scans[scans.count - 1]..<sound.count - 2])
    var bomb = Array(sound.dropLast(2))
    for _ in 0..<600 { bomb += last }
    bomb += [0xff, 0xd9]
    expectFault("damaged JPEG") { try decode(bomb) }
  }
}

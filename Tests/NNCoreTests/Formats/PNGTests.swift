import NNCore
import Testing

/// Pictures of every kind that PNG knows, see make-png.py.
@Suite struct PNGTests {
  private let tensors: [String: Safetensors.Tensor]

  init() throws {
    tensors = try Fixtures.safetensors("png").tensors
  }

  private func decode(_ bytes: [UInt8]) throws -> Picture {
    try PNG.decode(Bytes(bytes), of: nowhere())
  }

  @Test func everyColourTypeDepthAndInterlacing() throws {
    let names = Set(tensors.keys.map { $0.prefix { $0 != "/" } })
    #expect(names.count == 26 + 25 + 1 + 35 + 25 + 7 + 4 + 6)
    for name in names.sorted() {
      let rgba = try #require(tensors[name + "/rgba"])
      let files = ["plain", "interlaced"].compactMap { form in tensors["\(name)/\(form)"].map { (form, $0) } }
      #expect(files.count == (name.hasPrefix("pillow") ? 1 : 2))
      for (form, file) in files {
        #expect(PNG.recognizes(file.bytes))
        let picture = try decode([UInt8](file.bytes))
        #expect([picture.height, picture.width, 4] == rgba.shape, "\(name)/\(form)")
        #expect(picture.samples == [UInt8](rgba.bytes), "\(name)/\(form)")
        guard let grey = tensors[name + "/grey"] else { continue }
        let values = picture.grey(on: 0).values
        let isClose = zip(values, [UInt8](grey.bytes)).allSatisfy { abs($0 * 255 - Float($1)) <= 1 }
        #expect(isClose && values.count == grey.bytes.count, "\(name)/\(form)")
      }
    }
  }

  @Test func greyIsWrittenAndRead() throws {
    for (width, height) in [(1, 1), (28, 28), (3, 50), (517, 2), (200, 300)] {
      var random = RandomState(seed: 4)
      let pixels = (0..<width * height).map { _ in UInt8(random.integer(through: 255)) }
      let encoder = PNGEncoder(width: width, height: height)
      let blank = Array(repeating: UInt8(0), count: width * height)
      for file in [PNG.encode(grey: pixels, width: width, height: height), encoder.encode(Bytes(pixels))] {
        let picture = try decode(file)
        #expect((picture.width, picture.height) == (width, height))
        #expect(picture.samples == pixels.flatMap { [$0, $0, $0, 255] })
      }
      // What was drawn before leaves no trace.
      let first = encoder.encode(Bytes(blank))
      #expect(encoder.encode(Bytes(pixels)) != first && encoder.encode(Bytes(blank)) == first)
      #expect(try decode(first).samples.allSatisfy { $0 == 0 || $0 == 255 })
    }
  }

  @Test(
    arguments: [
      (
        Array("GIF89a".utf8), "is a GIF inside, not a PNG or JPEG: convert it with 'convert /dev/null /dev/null.png'"
      ),
      (Array("BM....".utf8), "is a BMP inside"),
      (Array("RIFF....WEBPVP8 ".utf8), "is a WebP inside"), (Array("....ftypheic".utf8), "is a HEIC inside"),
      (Array("....ftypmif1".utf8), "is a HEIC inside"), (Array("....ftypavif".utf8), "is a AVIF inside"),
      (Array("II*\0".utf8), "is a TIFF inside"), (Array("%PDF-1.4".utf8), "is a PDF inside"),
      (Array("<svg ".utf8), "is a SVG inside"),
      (Array("\u{feff}<?xml version='1.0'?>\n<!-- -->\n<svg ".utf8), "is a SVG inside"),
      (Array("<?xml version='1.0'?><html>".utf8), "wrong signature"), (Array("P5\n2 2\n255\n".utf8), "is a PNM inside"),
      (Array("data:image/png;base64,iVBO".utf8), "is a data URL inside"),
      ([], "is empty"), ([0x89], "wrong signature"), (Array("hello".utf8), "wrong signature"),
      ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "damaged PNG"),
      ([0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a], "corrupted by ASCII conversion"),
    ] as [([UInt8], String)])
  func whatIsNoPNG(_ bytes: [UInt8], _ fault: String) {
    expectFault(fault) { try decode(bytes) }
  }

  /// What is broken, and libpng's words for it.
  private static let broken = [
    "signature": "is not a PNG or JPEG: wrong signature",
    "signature-without-cr": "PNG file corrupted by ASCII conversion",
    "signature-of-seven-bits": "is not a PNG or JPEG: wrong signature",
    "header-crc": "IHDR: CRC error", "header-no-width": "Image width is zero in IHDR",
    "header-no-height": "Image height is zero",
    "header-depth": "Invalid bit depth in IHDR", "header-kind": "Invalid color type in IHDR",
    "header-depth-of-kind": "Invalid color type/bit depth combination",
    "header-compression": "Unknown compression method",
    "header-filters": "filter method in IHDR", "header-interlacing": "Unknown interlace method",
    "header-length": "IHDR: invalid",
    "header-missing": "Missing IHDR before IDAT", "header-twice": "IHDR: out of place",
    "header-beyond-31-bits": "PNG unsigned integer out of range",
    "pixels-missing": "IEND: out of place", "pixels-cut-off": "the file ends early",
    "pixels-empty": "Not enough image data",
    "pixels-short": "Not enough image data", "pixels-too-few": "Not enough image data",
    "pixels-of-many": "Not enough image data",
    "pixels-crc": "IDAT: CRC error", "pixels-filter": "bad adaptive filter value",
    "zlib-header": "IDAT: incorrect header check", "zlib-data": "IDAT: invalid",
    "zlib-checksum": "IDAT: incorrect data check",
    "palette-missing": "Missing PLTE before IDAT", "palette-length": "PLTE: invalid",
    "unknown-but-critical": "ABCD: unhandled critical chunk",
  ]

  @Test func whatIsBroken() throws {
    let files = try Fixtures.safetensors("png-broken").tensors
    #expect(Set(files.keys) == Set(Self.broken.keys))
    for (name, file) in files {
      expectFault(Self.broken[name] ?? "") { try PNG.decode(file.bytes, of: nowhere()) }
    }
  }

  /// A picture cut off in its pixels is no picture.
  @Test(arguments: ["rgb-8/plain", "rgb-8/interlaced", "palette-4-trns/plain", "grey-16/interlaced"])
  func truncatedPixelsAreRefused(_ name: String) throws {
    let bytes = [UInt8](try #require(tensors[name]).bytes)
    // Without the 12 bytes of IEND every pixel is still there.
    for count in 8..<bytes.count - 12 - 4 {
      expectFault("damaged PNG") { try decode(Array(bytes[..<count])) }
    }
  }

  @Test func sizesBeyondReasonAreRefused() throws {
    var bytes = PNG.encode(grey: [7], width: 1, height: 1)
    // 20,000 x 20,000, with the CRC that goes with it.
    bytes.replaceSubrange(16..<24, with: [0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20])
    bytes.replaceSubrange(29..<33, with: withUnsafeBytes(of: Self.crc(bytes[12..<29]).bigEndian) { Array($0) })
    expectFault("20000 x 20000 pixels, more than the 100000000", remedy: .allowMorePixels) { try decode(bytes) }
    let sound = Bytes(PNG.encode(grey: [1, 2, 3, 4, 5, 6], width: 3, height: 2))
    #expect(try PNG.decode(sound, of: nowhere(), maxPixels: 6).height == 2)
    expectFault("3 x 2 pixels, more than the 5") { try PNG.decode(sound, of: nowhere(), maxPixels: 5) }
  }

  private static func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xedb8_8320 }
    }
    return ~sum
  }

  @Test(arguments: [
    "palette-2-trns/interlaced", "rgba-16/plain", "rgb-16-trns/interlaced", "grey-1-trns/plain",
    "grey-alpha-8/interlaced",
  ])
  func damage(_ name: String) throws {
    let bytes = [UInt8](try #require(tensors[name]).bytes)
    Damage.expectSurvived(bytes, corruptions: 10_000, name) { _ = try decode($0) }
  }
}

import NNCore
import Testing

/// Small grey files, which are read and written without libpng, against libpng.
@Suite struct PNGDecoderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.add("1.png", [])
  }

  /// What is read of a folder that holds the file.
  private func read(_ bytes: [UInt8], maxPixels: Int = PictureFile.maximumPixels) throws -> Dataset.Inputs {
    let file = open(folder.path + "/1.png", O_WRONLY | O_TRUNC)
    defer { close(file) }
    try #require(write(file, bytes, bytes.count) == bytes.count)
    var options = DataReader.Options()
    (options.treatment, options.maxPixels) = (.raw, maxPixels)
    var reader = DataReader(options)
    try reader.add(folder: folder.path)
    return try reader.dataset().inputs
  }

  private func pixels(_ inputs: Dataset.Inputs) -> [UInt8] { [UInt8](inputs.bytes) }

  private func pixelsByLibpng(_ bytes: [UInt8]) throws -> [UInt8] {
    try PNG.decode(Bytes(bytes), of: nowhere()).grey(on: 0).values.map { UInt8(($0 * 255).rounded()) }
  }

  /// A file of rows that are not compressed, each after the number of its filter, in chunks of `part` bytes.
  private func file(_ rows: [UInt8], width: Int, height: Int, part: Int, kind: [UInt8] = [8, 0, 0, 0, 0]) -> [UInt8] {
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in rows { (a, b) = ((a + UInt32(byte)) % 65521, (b + (a + UInt32(byte)) % 65521) % 65521) }
    let count = UInt16(rows.count)
    let stored =
      [0x78, 0x01, 0x01] + bytes(count.littleEndian) + bytes((~count).littleEndian) + rows
      + bytes((b << 16 | a).bigEndian)
    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    file += chunk("IHDR", bytes(UInt32(width).bigEndian) + bytes(UInt32(height).bigEndian) + kind)
    for start in stride(from: 0, to: stored.count, by: part) {
      file += chunk("IDAT", Array(stored[start..<min(start + part, stored.count)]))
    }
    return file + chunk("IEND", [])
  }

  private func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + data
    var sum = UInt32.max
    for byte in body {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xedb8_8320 }
    }
    return bytes(UInt32(data.count).bigEndian) + body + bytes((~sum).bigEndian)
  }

  private func bytes(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

  private func rows(_ width: Int, _ height: Int, seed: UInt32, filter: (Int) -> UInt8) -> [UInt8] {
    var random = RandomState(seed: seed)
    return (0..<height).flatMap { row in [filter(row)] + (0..<width).map { _ in UInt8(random.integer(through: 255)) } }
  }

  @Test(arguments: [(28, 28), (1, 1), (1, 9), (9, 1), (5, 7), (200, 40)], [1 << 16, 1000, 7, 1])
  func everyFilter(_ size: (Int, Int), part: Int) throws {
    for filter in 0...5 {
      let rows = self.rows(size.0, size.1, seed: 1) { UInt8(filter == 5 ? $0 % 5 : filter) }
      let file = self.file(rows, width: size.0, height: size.1, part: part)
      let inputs = try read(file)
      #expect(try pixels(inputs) == pixelsByLibpng(file))
      guard case .pixels(_, size.1, size.0) = inputs else {
        Issue.record("\(inputs.title)")
        return
      }
    }
  }

  @Test func whatIsWrong() throws {
    let good = rows(28, 28, seed: 2) { _ in 0 }
    expectFault("bad adaptive filter value") {
      try read(file([5] + good.dropFirst(), width: 28, height: 28, part: 1000))
    }
    expectFault("Not enough image data") { try read(file(good, width: 28, height: 29, part: 1000)) }
    expectFault("3 x 2 pixels, more than the 5") {
      try read(file([0, 1, 2, 3, 0, 4, 5, 6], width: 3, height: 2, part: 1000), maxPixels: 5)
    }
    // libpng lets more than enough pass, as it does what follows the end, and chunks that it doesn't know.
    let passing: [[UInt8]] = [
      file(good, width: 28, height: 20, part: 1000), file(good, width: 28, height: 28, part: 1000) + [1, 2, 3],
      file(good, width: 28, height: 28, part: 1000).dropLast(12) + chunk("abCd", [7]) + chunk("IEND", []),
      file(good, width: 28, height: 28, part: 1000).dropLast(12),
    ]
    for whole in passing {
      #expect(try pixels(read(whole)) == pixelsByLibpng(whole))
    }
  }

  /// Whatever byte is changed, what comes of it is what comes of it by libpng.
  @Test func damage() throws {
    let digits = try SyntheticDigits.dataset(count: 1, seed: 3, pool: WorkerPool(count: 1)) { _ in }
    let sound = PNGEncoder(width: 28, height: 28).encode(digits.inputs.bytes)
    #expect(try pixels(read(sound)) == [UInt8](digits.inputs.bytes))
    var random = RandomState(seed: 9)
    func expectSame(_ bytes: [UInt8], _ what: String) {
      let (ours, theirs) = (Result { try pixels(read(bytes)) }, Result { try pixelsByLibpng(bytes) })
      switch (ours, theirs) {
      case (.success(let ours), .success(let theirs)): #expect(ours == theirs, "\(what)")
      case (.failure(let ours as FileError), .failure(let theirs as FileError)):
        #expect(ours.message == theirs.message, "\(what)")
      default: Issue.record("\(what): \(ours) and \(theirs)")
      }
    }
    for count in 1..<sound.count { expectSame(Array(sound[..<count]), "the first \(count) bytes") }
    for _ in 0..<10_000 {
      var damaged = sound
      let place = Int(random.integer(through: UInt32(sound.count - 1)))
      damaged[place] ^= UInt8(1 + random.integer(through: 254))
      // Of other formats more is told with a name.
      if place >= 8 { expectSame(damaged, "byte \(place) is \(damaged[place])") }
    }
  }

  @Test func whatIsDrawnIsWritten() throws {
    var random = RandomState(seed: 6)
    for (width, height) in [
      (1, 1), (2, 1), (1, 2), (3, 3), (28, 28), (63, 63), (64, 64), (100, 38), (4000, 1), (1, 2000),
    ] {
      let encoder = PNGEncoder(width: width, height: height)
      for values in [1, 2, 3, 256] as [UInt32] {
        for run in [1, 5, 40, 700] as [UInt32] {
          // Runs of pixels, and rows that are those above in part.
          var pixels: [UInt8] = []
          while pixels.count < width * height {
            let value = UInt8(random.integer(through: values - 1))
            let count = Int(1 + random.integer(through: run - 1))
            if pixels.count > width + count, random.integer(through: 3) == 0 {
              pixels += pixels[(pixels.count - width)...].prefix(count)
            } else {
              pixels += Array(repeating: value, count: count)
            }
          }
          pixels.removeLast(pixels.count - width * height)
          let file = encoder.encode(Bytes(pixels))
          let picture = try PNG.decode(Bytes(file), of: nowhere())
          #expect((picture.width, picture.height) == (width, height))
          #expect(picture.samples == pixels.flatMap { [$0, $0, $0, 255] }, "\(width) x \(height), \(values), \(run)")
        }
      }
    }
  }

  @Test func digitsAreWrittenSmall() throws {
    let digits = try SyntheticDigits.dataset(count: 200, seed: 1, pool: WorkerPool(count: 1)) { _ in }
    let encoder = PNGEncoder(width: 28, height: 28)
    let (ours, theirs) = (0..<digits.count).reduce((0, 0)) { sum, place in
      let pixels = digits.example(place)
      return (
        sum.0 + encoder.encode(pixels).count, sum.1 + PNG.encode(grey: [UInt8](pixels), width: 28, height: 28).count
      )
    }
    #expect(100 * ours < 95 * theirs)
  }
}

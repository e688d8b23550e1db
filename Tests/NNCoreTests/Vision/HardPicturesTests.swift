import NNCore
import Testing

/// The same digits on all kinds of paper: what the normaliser makes of them is to be what it makes of them on clean
/// paper.
@Suite struct HardPicturesTests {
  private static let side = 168
  private static let digits = try! SyntheticDigits.dataset(count: 30, seed: 11, pool: WorkerPool(count: 2))

  /// A digit's ink on `side` × `side` pixels, with sharp outlines.
  private static func ink(_ place: Int) -> [Float] {
    let small = GreyPicture(width: 28, height: 28, values: [UInt8](digits.example(place)).map { Float($0) / 255 })
    return small.resized(width: side, height: side).values.map { min(max(($0 - 0.5) * 5 + 0.5, 0), 1) }
  }

  private typealias Paint = (_ ink: Float, _ x: Float, _ y: Float, _ noise: Float) -> Float

  /// The pictures, each pixel painted from its ink, its place (0…1 both ways) and a random number of −1…1; and how far
  /// the outcome is from that of the clean ones, as the mean difference of pixels of 0…1 over the mean ink.
  private func distances(_ paint: Paint) throws -> [Float] {
    try (0..<Self.digits.count).map { place in
      let ink = Self.ink(place)
      var random = RandomState(seed: UInt32(place))
      let picture = ink.indices.map { index in
        paint(
          ink[index], Float(index % Self.side) / Float(Self.side), Float(index / Self.side) / Float(Self.side),
          Float(random.uniform()) * 2 - 1)
      }
      let clean = try DigitNormalizer.normalize(GreyPicture(width: Self.side, height: Self.side, values: ink))
      let got = try DigitNormalizer.normalize(GreyPicture(width: Self.side, height: Self.side, values: picture))
      return Self.distance(clean, got)
    }
  }

  /// At best, one of them moved by up to a pixel: the centre of mass may lie between two.
  private static func distance(_ clean: [UInt8], _ got: [UInt8]) -> Float {
    func moved(_ across: Int, _ down: Int) -> Float {
      (0..<784).reduce(0) { sum, place in
        let (x, y) = (place % 28 + across, place / 28 + down)
        let other = (0..<28).contains(x) && (0..<28).contains(y) ? got[y * 28 + x] : 0
        return sum + abs(Float(clean[place]) - Float(other))
      }
    }
    let distances = (-1...1).flatMap { across in (-1...1).map { moved(across, $0) } }
    return distances.min()! / clean.reduce(0) { $0 + Float($1) }
  }

  private func expectClean(
    _ name: String, within limit: Float = 0.36, sourceLocation: SourceLocation = #_sourceLocation, _ paint: Paint
  ) throws {
    for (place, distance) in try distances(paint).enumerated() {
      #expect(distance < limit, "\(name), digit \(place)", sourceLocation: sourceLocation)
    }
  }

  @Test func polarityAndContrast() throws {
    try expectClean("dark on light", within: 0.05) { ink, _, _, _ in 1 - ink }
    try expectClean("faint", within: 0.35) { ink, _, _, noise in 0.6 - 0.1 * ink + 0.01 * noise }
  }

  /// Light and shade on a blank page are no digit, however strong.
  @Test func shadeAlone() throws {
    let shades: [(_ x: Float, _ y: Float) -> Float] = [
      { x, _ in x }, { _, y in 0.5 + 0.5 * y }, { x, y in (x + y) / 2 }, { x, y in 0.8 + 0.1 * (2 * x - y) },
      { x, y in 0.95 - 0.6 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)) },
    ]
    for (number, shade) in shades.enumerated() {
      for side in [80, 300, 1500] {
        let values = (0..<side * side).map { shade(Float($0 % side) / Float(side), Float($0 / side) / Float(side)) }
        #expect(throws: DigitNormalizer.NoDigit.self, "shade \(number), side \(side)") {
          try DigitNormalizer.normalize(GreyPicture(width: side, height: side, values: values))
        }
      }
    }
  }

  @Test func light() throws {
    try expectClean("slope") { ink, x, y, noise in (0.95 - 0.5 * (0.7 * x + 0.3 * y)) * (1 - 0.65 * ink) + 0.02 * noise
    }
    try expectClean("vignette") { ink, x, y, noise in
      (0.9 - 0.9 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5))) * (1 - 0.7 * ink) + 0.02 * noise
    }
    try expectClean("shadow") { ink, x, y, noise in
      0.85 * (1 - 0.45 * min(max((x - 0.8 * y) * 12, 0), 1)) * (1 - 0.7 * ink) + 0.02 * noise
    }
  }

  @Test func paper() throws {
    try expectClean("noise", within: 0.4) { ink, _, _, noise in 0.25 + 0.5 * ink + 0.2 * noise }
    try expectClean("patch") { ink, x, y, _ in
      let isPatch = (0.08...0.92).contains(x) && (0.08...0.92).contains(y)
      return (isPatch ? 0.75 : 1) * (1 - 0.75 * ink)
    }
    for dark in [0.4, 0.7] as [Float] {
      try expectClean("ruled", within: 0.6) { ink, x, y, _ in
        let isLine = Int(y * Float(Self.side)) % 33 == 7 || Int(x * Float(Self.side)) % 33 == 20
        return (isLine ? dark : 0.95) * (1 - 0.85 * ink)
      }
    }
  }

  /// Specks, and the edge of what stands beside.
  @Test func company() throws {
    try expectClean("company", within: 0.05) { ink, x, y, _ in
      let isSpeck = abs(x - 0.2) < 0.01 && abs(y - 0.1) < 0.01 || abs(x - 0.85) < 0.008 && abs(y - 0.2) < 0.02
      return max(ink, isSpeck || x > 0.955 && (0.3...0.7).contains(y) ? 1 : 0)
    }
  }

  /// Ink and paper of the same lightness.
  @Test func colour() throws {
    for place in 0..<Self.digits.count {
      let ink = Self.ink(place)
      let samples = ink.flatMap { ink -> [UInt8] in
        [UInt8(60 + 160 * ink), UInt8(180 - 81.5 * ink), UInt8((100 + 0 * ink).rounded()), 255]
      }
      let clean = try DigitNormalizer.normalize(GreyPicture(width: Self.side, height: Self.side, values: ink))
      let got = try DigitNormalizer.normalize(Picture(width: Self.side, height: Self.side, samples: samples))
      #expect(Self.distance(clean, got) < 0.6, "digit \(place)")
    }
  }

  /// A hair's breadth and a brush's: both come to strokes as MNIST has them.
  @Test(arguments: [1, 40])
  func strokes(width: Int) throws {
    let picture = GreyPicture(
      width: 400, height: 400,
      values: (0..<160_000).map { place in
        let (x, y) = (place % 400, place / 400)
        let isBar = (50..<350).contains(y) && (200..<200 + width).contains(x)
        let isFoot = (350 - width..<350).contains(y) && (100..<300).contains(x)
        return isBar || isFoot ? 0 : 1
      })
    let pixels = try DigitNormalizer.normalize(picture)
    let middle = pixels[12 * 28..<13 * 28].reduce(0) { $0 + Float($1) / 255 }
    #expect((1.2...3.8).contains(middle), "a stroke of \(middle) pixels")
  }

  @Test func specksAreNoDigit() {
    var random = RandomState(seed: 5)
    let dust = GreyPicture(width: 200, height: 200, values: random.rand(40_000).map { $0 < 0.002 ? 0 : 1 })
    #expect(throws: DigitNormalizer.NoDigit.self) { try DigitNormalizer.normalize(dust) }
    let grain = GreyPicture(width: 200, height: 200, values: random.rand(40_000).map { 0.4 + 0.3 * Float($0) })
    #expect(throws: DigitNormalizer.NoDigit.self) { try DigitNormalizer.normalize(grain) }
  }
}

import NNCore
import Testing

@Suite struct DigitNormalizerTests {
  /// A seven with soft edges, its bar and its stem in a box of the given size at the given place.
  private func seven(width: Int, height: Int, left: Int, top: Int, boxWidth: Int, boxHeight: Int) -> GreyPicture {
    let stroke = Double(boxHeight) / 8
    func ink(_ x: Double, _ y: Double) -> Double {
      let (u, v) = (x - Double(left), y - Double(top))
      guard u >= 0, v >= 0, u < Double(boxWidth), v < Double(boxHeight) else { return 0 }
      let stem = Double(boxWidth) - stroke - (v / Double(boxHeight)) * Double(boxWidth) / 2
      return v < stroke || (u >= stem && u < stem + stroke) ? 1 : 0
    }
    return GreyPicture(
      width: width, height: height,
      values: (0..<width * height).map { place in
        // Sixteen looks at each pixel.
        let looks = (0..<16).map { look in
          ink(
            Double(place % width) + (Double(look % 4) + 0.5) / 4, Double(place / width) + (Double(look / 4) + 0.5) / 4)
        }
        return Float(looks.reduce(0, +) / 16)
      })
  }

  private func inverted(_ picture: GreyPicture) -> GreyPicture {
    GreyPicture(width: picture.width, height: picture.height, values: picture.values.map { 1 - $0 })
  }

  private struct Shape {
    var columns: ClosedRange<Int>
    var rows: ClosedRange<Int>
    var centre: (x: Double, y: Double)
  }

  private func shape(_ pixels: [UInt8]) throws -> Shape {
    try #require(pixels.count == 784)
    let inked = pixels.indices.filter { pixels[$0] > 0 }
    let (xs, ys) = (inked.map { $0 % 28 }, inked.map { $0 / 28 })
    let mass = pixels.reduce(0) { $0 + Double($1) }
    func centre(_ axis: (Int) -> Int) -> Double {
      pixels.indices.reduce(0) { $0 + Double(pixels[$1]) * Double(axis($1)) } / mass
    }
    return try Shape(
      columns: #require(xs.min())...#require(xs.max()), rows: #require(ys.min())...#require(ys.max()),
      centre: (centre { $0 % 28 }, centre { $0 / 28 }))
  }

  @Test(arguments: [
    (90, 120, 20, 13, 45, 80), (300, 200, 190, 60, 100, 70), (31, 64, 2, 3, 27, 60), (28, 28, 9, 4, 12, 16),
  ])
  func boxAndCentre(width: Int, height: Int, left: Int, top: Int, boxWidth: Int, boxHeight: Int) throws {
    let drawn = seven(width: width, height: height, left: left, top: top, boxWidth: boxWidth, boxHeight: boxHeight)
    let light = try DigitNormalizer.normalize(drawn)
    let dark = try DigitNormalizer.normalize(inverted(drawn))
    for (a, b) in zip(light, dark) { #expect(abs(Int(a) - Int(b)) <= 2) }

    let found = try shape(light)
    #expect(max(found.columns.count, found.rows.count) == 20)
    let ratio = Double(found.columns.count) / Double(found.rows.count)
    #expect(abs(ratio - Double(boxWidth) / Double(boxHeight)) < 0.08)
    #expect(13.5 <= found.centre.x && found.centre.x < 14.5 && 13.5 <= found.centre.y && found.centre.y < 14.5)
    #expect(light.max() == 255)
  }

  /// Placed where MNIST would have it, a picture stays as it is.
  @Test func whatIsNormalizedStaysItself() throws {
    let once = try DigitNormalizer.normalize(
      seven(width: 100, height: 100, left: 25, top: 10, boxWidth: 48, boxHeight: 80))
    let again = try DigitNormalizer.normalize(GreyPicture(width: 28, height: 28, values: once.map { Float($0) / 255 }))
    let differences = zip(once, again).map { abs(Int($0) - Int($1)) }
    #expect(differences.reduce(0, +) / 784 < 2)
    #expect(differences.max()! < 40)
  }

  /// All but a few, which move by a pixel, and those with the thinnest and the widest strokes.
  @Test(.enabled(if: MNIST.isThere, "MNIST_DIR is not set"))
  func realDigitsStayThemselves() throws {
    let test = try MNIST.idx(.test)
    let distances = try (0..<500).map { place in
      let pixels = [UInt8](test.example(place))
      let again = try DigitNormalizer.normalize(
        GreyPicture(width: 28, height: 28, values: pixels.map { Float($0) / 255 }))
      return zip(pixels, again).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) } / 784
    }
    #expect(distances.count { $0 > 4 } <= 30)
    #expect(distances.reduce(0, +) / 500 < 1)
  }

  @Test func whiteOnTransparentBlack() throws {
    let drawn = seven(width: 60, height: 60, left: 10, top: 8, boxWidth: 24, boxHeight: 40)
    let plain = try DigitNormalizer.normalize(drawn)
    for colour in [0, 255] as [UInt8] {
      // The colour under what is clear is black, as most programs leave it.
      let samples = drawn.values.flatMap { ink -> [UInt8] in
        let alpha = UInt8((ink * 255).rounded())
        let value = alpha == 0 ? 0 : colour
        return [value, value, value, alpha]
      }
      let pixels = try DigitNormalizer.normalize(Picture(width: 60, height: 60, samples: samples))
      for (a, b) in zip(plain, pixels) { #expect(abs(Int(a) - Int(b)) <= 3) }
    }
  }

  @Test func blankPicturesThrow() {
    for (width, height) in [(1, 1), (28, 28), (3, 200)] {
      for grey in [0, 0.5, 1] as [Float] {
        let picture = GreyPicture(width: width, height: height, values: Array(repeating: grey, count: width * height))
        #expect(throws: DigitNormalizer.NoDigit.self) { try DigitNormalizer.normalize(picture) }
      }
    }
    #expect(throws: DigitNormalizer.NoDigit.self) {
      try DigitNormalizer.normalize(Picture(width: 4, height: 4, samples: Array(repeating: 0, count: 64)))
    }
    // Paper is never quite even.
    var random = RandomState(seed: 1)
    let paper = GreyPicture(width: 40, height: 40, values: random.rand(1600).map { 0.9 + 0.03 * Float($0) })
    #expect(throws: DigitNormalizer.NoDigit.self) { try DigitNormalizer.normalize(paper) }
  }

  @Test func thinnestPictures() throws {
    // A line across a picture, and one of two pixels.
    for (width, height, ink) in [(50, 3, Array(51..<90)), (1, 9, [4, 5, 6])] {
      var values = Array(repeating: Float(1), count: width * height)
      for place in ink { values[place] = 0 }
      let pixels = try DigitNormalizer.normalize(GreyPicture(width: width, height: height, values: values))
      #expect(pixels.count == 784 && pixels.contains(255))
    }
  }

  /// Spots, from a pixel to a disc that fills much of the picture.
  @Test(arguments: [(28, 1), (2, 1), (100, 8), (100, 60), (28, 16)])
  func spotsAreNoDigits(side: Int, extent: Int) {
    for isRound in [false, true] {
      let picture = GreyPicture(
        width: side, height: side,
        values: (0..<side * side).map { place in
          let (x, y) = (
            Double(place % side) + 0.5 - Double(extent) / 2, Double(place / side) + 0.5 - Double(extent) / 2
          )
          let isInk = isRound ? x * x + y * y <= Double(extent * extent) / 4 : max(abs(x), abs(y)) < Double(extent) / 2
          return isInk ? 0 : 1
        })
      #expect(throws: DigitNormalizer.NoDigit.self) { try DigitNormalizer.normalize(picture) }
    }
  }
}

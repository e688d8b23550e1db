extension Picture {
  /// The picture in the grey that shows best what is drawn: its lightness, or, where ink and paper differ in colour
  /// rather than in lightness, the place on the line along which colours differ most (their first principal component).
  ///
  /// Pictures beyond what a digit needs are shrunk.
  var contrastGrey: GreyPicture {
    let grey = ColorSpread(self)?.axis.map { self.grey(on: backdrop, weights: $0) } ?? self.grey
    let factor = (max(width, height) - 1) / Self.enough + 1
    return factor == 1 ? grey : grey.resized(width: max(1, width / factor), height: max(1, height / factor))
  }

  /// Pixels along the longer side.
  private static let enough = 2048
}

/// How the colours of a picture spread.
private struct ColorSpread {
  private var sums: SIMD3<Double> = .zero
  private var products: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) = (.zero, .zero, .zero)
  private let count: Int

  /// Of some thousands of opaque pixels; nil if there are no colours.
  init?(_ picture: Picture) {
    let pixels = picture.width * picture.height
    // An odd step, so that it isn't that of a pattern.
    let seen = stride(from: 0, to: pixels, by: pixels / 8192 | 1).lazy.map { 4 * $0 }.filter {
      picture.samples[$0 + 3] > 127
    }
    // Most pictures are grey, which is soon seen.
    guard
      seen.contains(where: { at in
        let (red, green, blue) = (picture.samples[at], picture.samples[at + 1], picture.samples[at + 2])
        return max(red, green, blue) - min(red, green, blue) > 25
      })
    else { return nil }
    var count = 0
    for at in seen {
      let color =
        SIMD3<Double>(
          Double(picture.samples[at]), Double(picture.samples[at + 1]), Double(picture.samples[at + 2])) / 255
      sums += color
      products.0 += color.x * color
      products.1 += color.y * color
      products.2 += color.z * color
      count += 1
    }
    self.count = count
  }

  /// Weights of red, green and blue, whose amounts add up to 1, for the axis of most spread, from dark to light; nil if
  /// lightness spreads nearly as much.
  var axis: SIMD3<Double>? {
    let mean = sums / Double(count)
    func times(_ vector: SIMD3<Double>) -> SIMD3<Double> {
      func row(_ product: SIMD3<Double>, _ mean: Double, _ all: SIMD3<Double>) -> Double {
        ((product / Double(count) - mean * all) * vector).sum()
      }
      return SIMD3(row(products.0, mean.x, mean), row(products.1, mean.y, mean), row(products.2, mean.z, mean))
    }
    // Power iteration, which need not be exact.
    var vector = SIMD3(0.5, 0.6, 0.4)
    for _ in 0..<30 {
      let next = times(vector)
      let length = (next * next).sum().squareRoot()
      guard length > 0 else { return nil }
      vector = next / length
    }
    let amounts = abs(vector.x) + abs(vector.y) + abs(vector.z)
    let axis = vector / (vector.sum() < 0 ? -amounts : amounts)
    let lightness = SIMD3(0.299, 0.587, 0.114)
    let (spread, plain) = ((axis * times(axis)).sum(), (lightness * times(lightness)).sum())
    return spread > 2.25 * plain ? axis : nil
  }
}

extension Picture {
  /// The picture in the grey with the strongest contrast: its luma, or, where ink and paper differ in colour rather
  /// than in lightness, the projection of its colours on their first principal component.
  ///
  /// Pictures larger than digits need are shrunk.
  var contrastGrey: GreyPicture {
    let grey = ColorCovariance(self)?.principalAxis.map { self.grey(on: backdrop, weights: $0) } ?? self.grey
    let factor = (max(width, height) - 1) / Self.maximumSide + 1
    return factor == 1 ? grey : grey.resized(width: max(1, width / factor), height: max(1, height / factor))
  }

  /// The maximum length of the longer side in pixels.
  private static let maximumSide = 2048
}

/// The covariance of a picture's colours.
private struct ColorCovariance {
  private var sums: SIMD3<Double> = .zero
  /// The sums of the products of red, green and blue with the whole colour.
  private var products: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) = (.zero, .zero, .zero)
  private let count: Int

  /// Samples some thousands of opaque pixels; nil if the picture is grey.
  init?(_ picture: Picture) {
    let pixels = picture.width * picture.height
    // An odd step avoids aliasing with regular patterns.
    let seen = stride(from: 0, to: pixels, by: pixels / 8192 | 1).lazy.map { 4 * $0 }.filter {
      picture.samples[$0 + 3] > 127
    }
    // Grey pictures, which most are, need no analysis.
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

  /// The first principal component as weights of red, green and blue, from dark to light, whose absolute values add up
  /// to 1; nil if its variance is less than 2.25 times that of luma.
  var principalAxis: SIMD3<Double>? {
    let mean = sums / Double(count)
    func times(_ vector: SIMD3<Double>) -> SIMD3<Double> {
      func row(_ product: SIMD3<Double>, _ mean: Double, _ all: SIMD3<Double>) -> Double {
        ((product / Double(count) - mean * all) * vector).sum()
      }
      return SIMD3(row(products.0, mean.x, mean), row(products.1, mean.y, mean), row(products.2, mean.z, mean))
    }
    // Power iteration; an approximation is sufficient.
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

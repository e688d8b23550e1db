/// A colour picture of 8-bit sRGB samples with straight alpha.
package struct Picture: Sendable {
  package let width: Int
  package let height: Int
  /// Red, green, blue, alpha of each pixel, row by row.
  package let samples: [UInt8]
  /// How far from black the samples of a black ground may be, because lossy compression changed them.
  let noise: UInt8

  package init(width: Int, height: Int, samples: [UInt8], noise: UInt8 = 0) {
    precondition(samples.count == 4 * width * height)
    (self.width, self.height, self.samples, self.noise) = (width, height, samples, noise)
  }

  /// Whether the picture is opaque and grey.
  package var isGrey: Bool {
    (0..<width * height).allSatisfy { pixel in
      let at = 4 * pixel
      return samples[at] == samples[at + 1] && samples[at] == samples[at + 2] && samples[at + 3] == 255
    }
  }

  /// The picture in grey on a backdrop that contrasts with the ink.
  package var grey: GreyPicture { grey(on: backdrop) }

  /// The grey behind transparent pixels: the median of the opaque pixels if they show paper as well as ink; otherwise
  /// black or white, whichever contrasts with the ink. White if no pixel is transparent.
  var backdrop: Float {
    guard (0..<width * height).contains(where: { samples[4 * $0 + 3] < 255 }) else { return 1 }
    var visible = Histogram()
    for pixel in 0..<width * height where samples[4 * pixel + 3] > 127 { visible.add(luma(pixel)) }
    guard visible.count > 0 else { return 1 }
    let middle = visible.quantile(0.5)
    let showsPaper = visible.quantile(0.95) - visible.quantile(0.05) > 0.35
    return showsPaper ? middle : middle > 0.5 ? 0 : 1
  }

  /// The picture in grey by luma, composited on a backdrop of 0 (black) … 1 (white).
  package func grey(on backdrop: Float) -> GreyPicture {
    grey(on: backdrop) { luma($0) }
  }

  /// The picture in grey as a weighted sum of its channels, composited on a backdrop.
  ///
  /// - Parameter weights: the weights of red, green and blue. A negative weight applies to the inverted channel.
  func grey(on backdrop: Float, weights: SIMD3<Double>) -> GreyPicture {
    let weights = SIMD3<Float>(weights)
    let absent = -weights.replacing(with: 0, where: weights .> 0).sum()
    return grey(on: absent + backdrop * weights.sum()) { pixel in
      let color = SIMD3(Float(samples[4 * pixel]), Float(samples[4 * pixel + 1]), Float(samples[4 * pixel + 2])) / 255
      return absent + (weights * color).sum()
    }
  }

  /// The picture in the grey that `value` gives each pixel, composited on a backdrop.
  private func grey(on backdrop: Float, of value: (Int) -> Float) -> GreyPicture {
    GreyPicture(
      width: width, height: height,
      values: (0..<width * height).map { pixel in
        let alpha = Float(samples[4 * pixel + 3]) / 255
        return alpha * value(pixel) + (1 - alpha) * backdrop
      })
  }

  /// The luma of a pixel by ITU-R BT.601, 0…1.
  private func luma(_ pixel: Int) -> Float {
    let (red, green, blue) = (samples[4 * pixel], samples[4 * pixel + 1], samples[4 * pixel + 2])
    // Grey pixels keep their exact value, without rounding errors of the weighted sum.
    if red == green, green == blue { return Float(red) / 255 }
    return (299 * Float(red) + 587 * Float(green) + 114 * Float(blue)) / 255_000
  }
}

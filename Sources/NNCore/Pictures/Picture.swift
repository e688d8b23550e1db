/// A colour picture of 8-bit sRGB samples with straight alpha.
package struct Picture: Sendable {
  package let width: Int
  package let height: Int
  /// Red, green, blue, alpha of each pixel, row by row.
  package let samples: [UInt8]

  package init(width: Int, height: Int, samples: [UInt8]) {
    precondition(samples.count == 4 * width * height)
    (self.width, self.height, self.samples) = (width, height, samples)
  }

  /// The picture in grey on the backdrop that shows what is drawn on it.
  package var grey: GreyPicture { grey(on: backdrop) }

  /// Where parts are transparent, the paper's own grey if paper can be seen, else the one that the ink stands out from.
  var backdrop: Float {
    guard (0..<width * height).contains(where: { samples[4 * $0 + 3] < 255 }) else { return 1 }
    var visible = Histogram()
    for pixel in 0..<width * height where samples[4 * pixel + 3] > 127 { visible.add(luma(pixel)) }
    guard visible.count > 0 else { return 1 }
    let middle = visible.quantile(0.5)
    let showsPaper = visible.quantile(0.95) - visible.quantile(0.05) > 0.35
    return showsPaper ? middle : middle > 0.5 ? 0 : 1
  }

  /// The picture in grey, laid on a backdrop of 0 (black) … 1 (white).
  package func grey(on backdrop: Float) -> GreyPicture {
    grey(on: backdrop) { luma($0) }
  }

  /// The picture in a grey of its own.
  ///
  /// - Parameter weights: of red, green and blue; where they are below 0, the colour's absence counts.
  func grey(on backdrop: Float, weights: SIMD3<Double>) -> GreyPicture {
    let weights = SIMD3<Float>(weights)
    let absent = -weights.replacing(with: 0, where: weights .> 0).sum()
    return grey(on: absent + backdrop * weights.sum()) { pixel in
      let color = SIMD3(Float(samples[4 * pixel]), Float(samples[4 * pixel + 1]), Float(samples[4 * pixel + 2])) / 255
      return absent + (weights * color).sum()
    }
  }

  private func grey(on backdrop: Float, of value: (Int) -> Float) -> GreyPicture {
    GreyPicture(
      width: width, height: height,
      values: (0..<width * height).map { pixel in
        let alpha = Float(samples[4 * pixel + 3]) / 255
        return alpha * value(pixel) + (1 - alpha) * backdrop
      })
  }

  /// The lightness of a pixel as ITU-R BT.601 weighs the colours, 0…1.
  private func luma(_ pixel: Int) -> Float {
    let (red, green, blue) = (samples[4 * pixel], samples[4 * pixel + 1], samples[4 * pixel + 2])
    // Grey stays exactly itself.
    if red == green, green == blue { return Float(red) / 255 }
    return (299 * Float(red) + 587 * Float(green) + 114 * Float(blue)) / 255_000
  }
}

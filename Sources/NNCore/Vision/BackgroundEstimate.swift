/// A morphological estimate of the background: paper under uneven light, or a patch of paper on other paper.
///
/// Closing for dark ink, or opening for light ink, removes everything narrower than the structuring element and keeps
/// the edges of shadows and patches. The difference to the picture is the ink (the black or the white top-hat
/// transform; Serra, 1982).
struct BackgroundEstimate {
  let isInkDark: Bool
  /// The radius of the structuring element, in pixels of the working picture. Strokes up to nearly twice as wide are
  /// removed.
  let radius: Int

  /// The maximum length of the working picture's longer side in pixels.
  static let side = 192

  /// The picture shrunk for the estimation.
  static func workingPicture(of grey: GreyPicture) -> GreyPicture { grey.shrunk(toFit: side) }

  /// The estimates to try for a working picture, for dark and then for light ink, each from the widest strokes down.
  static func candidates(for small: GreyPicture) -> [BackgroundEstimate] {
    let side = min(small.width, small.height)
    var radii = [side / 4, side / 8, side / 14].filter { $0 >= 2 }
    if radii.isEmpty { radii = [2] }
    return [true, false].flatMap { isInkDark in radii.map { BackgroundEstimate(isInkDark: isInkDark, radius: $0) } }
  }

  /// The top-hat transform: the difference of each pixel from the background towards ink, 0…1. For dark ink it is the
  /// share of the light that the ink absorbs, which shadows don't change.
  ///
  /// - Parameter small: the working picture of `grey`.
  func topHat(of grey: GreyPicture, small: GreyPicture) -> GreyPicture {
    var paper = isInkDark ? small.closed(radius) : small.opened(radius)
    // The enlarged estimate blurs the edges of shadows, which would leave lines of false ink there.
    if (grey.width, grey.height) != (small.width, small.height) {
      paper = (isInkDark ? paper.eroded(1) : paper.dilated(1)).resized(width: grey.width, height: grey.height)
    }
    return isInkDark
      ? grey.merged(with: paper) { value, paper in paper > value ? 1 - value / paper : 0 }
      : grey.merged(with: paper) { value, paper in max(value - paper, 0) }
  }
}

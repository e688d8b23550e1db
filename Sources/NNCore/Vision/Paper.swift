/// Paper that is not one even grey: light falls on it unevenly, or it is a patch on other paper. It is what is left
/// where everything narrower than a stroke is taken away, by closing for dark ink and opening for light (the black and
/// the white top-hat transform; Serra, 1982). Edges of shadows and patches stay edges of paper by that.
struct Paper {
  let isInkDark: Bool
  /// Strokes may be nearly twice as wide, in pixels of the small picture.
  let radius: Int

  /// Pixels along the longer side of the picture that paper is looked for in.
  static let side = 192

  static func small(_ grey: GreyPicture) -> GreyPicture { grey.shrunk(toFit: side) }

  /// The papers that there may be under a picture of this size, those for the widest strokes first.
  static func candidates(for small: GreyPicture) -> [Paper] {
    let side = min(small.width, small.height)
    var radii = [side / 4, side / 8, side / 14].filter { $0 >= 2 }
    if radii.isEmpty { radii = [2] }
    return [true, false].flatMap { isInkDark in radii.map { Paper(isInkDark: isInkDark, radius: $0) } }
  }

  /// How much each pixel differs from its paper towards ink, 0…1: for dark ink the share of the light that it swallows,
  /// which is the same in shadow.
  ///
  /// - Parameter small: the picture as `small` makes it.
  func evidence(_ grey: GreyPicture, small: GreyPicture) -> GreyPicture {
    var paper = isInkDark ? small.dilated(radius).eroded(radius) : small.eroded(radius).dilated(radius)
    // A large picture's shadow has a sharper edge than its small picture tells: better no ink there than a line.
    if (grey.width, grey.height) != (small.width, small.height) {
      paper = (isInkDark ? paper.eroded(1) : paper.dilated(1)).resized(width: grey.width, height: grey.height)
    }
    return isInkDark
      ? grey.merged(with: paper) { value, paper in paper > value ? 1 - value / paper : 0 }
      : grey.merged(with: paper) { value, paper in max(value - paper, 0) }
  }
}

/// The separation of a picture's greys by Otsu's threshold into two classes: paper and ink.
struct InkSeparation {
  /// The paper's median, and the grey of strong strokes without their soft edges.
  private let paperGrey, inkGrey: Float
  var contrast: Float { abs(inkGrey - paperGrey) }
  /// The variation of the paper as a share of the contrast. It is no ink.
  private let floor: Float
  /// Whether uniform paper surrounds uniform ink, so that no background estimate is needed.
  let isClean: Bool

  /// A picture with less contrast is blank: paper is never quite uniform.
  private static let minimumContrast: Float = 0.04

  /// Separates a grey picture. The polarity is decided here: the paper is the class with the larger share of the
  /// picture and of its border together. Ink may cover most of a tight crop or of the border, but seldom of both.
  ///
  /// - Throws: `NoDigit` if the picture is blank.
  init(_ grey: GreyPicture) throws {
    var all = Histogram()
    for value in grey.values { all.add(value) }
    let threshold = all.otsuThreshold
    var border = Histogram()
    for x in 0..<grey.width {
      border.add(grey[x, 0])
      border.add(grey[x, grey.height - 1])
    }
    for y in 0..<grey.height {
      border.add(grey[0, y])
      border.add(grey[grey.width - 1, y])
    }
    let (dark, light) = all.split(at: threshold)
    let (darkBorder, lightBorder) = border.split(at: threshold)
    let isInkDark =
      Double(dark.count) / Double(all.count) + Double(darkBorder.count) / Double(border.count) < 1
    try self.init(
      paper: isInkDark ? light : dark, drawn: isInkDark ? dark : light, isInkDark: isInkDark,
      borderShare: Double((isInkDark ? darkBorder : lightBorder).count) / Double(border.count))
  }

  /// Separates a top-hat transform: the difference of each pixel from the estimated background, 0 on paper.
  ///
  /// - Throws: `NoDigit` if the picture is blank.
  init(topHat: GreyPicture) throws {
    var all = Histogram()
    for value in topHat.values { all.add(value) }
    let (low, high) = all.split(at: all.otsuThreshold)
    try self.init(paper: low, drawn: high, isInkDark: false, borderShare: 0)
  }

  private init(paper: Histogram, drawn: Histogram, isInkDark: Bool, borderShare: Double) throws {
    guard paper.count > 0, drawn.count > 0 else { throw DigitNormalizer.NoDigit.blank }
    func quantile(_ group: Histogram, _ share: Double) -> Float { group.quantile(isInkDark ? share : 1 - share) }
    let paperGrey = paper.quantile(0.5)
    let inkGrey = quantile(drawn, 0.25)
    (self.paperGrey, self.inkGrey) = (paperGrey, inkGrey)
    let contrast = abs(inkGrey - paperGrey)
    guard contrast > Self.minimumContrast else { throw DigitNormalizer.NoDigit.blank }
    floor = min(abs(quantile(paper, 0.05) - paperGrey) / contrast, 0.5)
    let (lightest, darkest) = (abs(quantile(paper, 0.995) - paperGrey), abs(quantile(drawn, 0.005) - paperGrey))
    isClean = borderShare < 0.2 && floor < 0.2 && lightest < 0.25 * contrast && darkest < 1.4 * contrast
  }

  /// The amount of ink of each pixel: its grey on the scale from paper, 0, to ink, 1; 0 within the variation of the
  /// paper.
  func ink(_ grey: GreyPicture) -> GreyPicture {
    let (paper, scale, floor) = (paperGrey, 1 / (inkGrey - paperGrey), floor)
    return grey.mapped { value in
      let share = (value - paper) * scale
      return share <= floor ? 0 : min(share, 1)
    }
  }

  /// The amount of ink of each pixel for paper that is not uniform: shares of up to 0.3 become 0, shares from 0.8
  /// become 1.
  func firmInk(_ grey: GreyPicture) -> GreyPicture {
    let (paper, scale) = (paperGrey, 1 / (inkGrey - paperGrey))
    let floor = max(floor, 0.3)
    return grey.mapped { min(max((($0 - paper) * scale - floor) / (0.8 - floor), 0), 1) }
  }
}

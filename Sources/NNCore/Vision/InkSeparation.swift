/// Two groups that the greys of a picture fall into, by Otsu's threshold: what is drawn, and the paper it is drawn on.
struct InkSeparation {
  /// Of the middle of the paper, and of the stronger strokes, not of their soft edges.
  private let paperGrey, inkGrey: Float
  var contrast: Float { abs(inkGrey - paperGrey) }
  /// The share of the way from paper to ink that the paper itself varies by.
  private let floor: Float
  /// Whether there is one even paper all around and one even ink on it, so that nothing else can be meant.
  let isClean: Bool

  /// Less contrast than this is none: paper is never quite even.
  private static let leastContrast: Float = 0.04

  /// The paper is the group that holds more of the picture and of its border taken together: ink may cover most of a
  /// tight crop, or touch the border, but not both for long.
  ///
  /// - Throws: `NoDigit` for a blank picture.
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

  /// Of a picture of how much each pixel differs from its paper, 0 where it doesn't.
  ///
  /// - Throws: `NoDigit` for a blank picture.
  init(evidence: GreyPicture) throws {
    var all = Histogram()
    for value in evidence.values { all.add(value) }
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
    guard contrast > Self.leastContrast else { throw DigitNormalizer.NoDigit.blank }
    floor = min(abs(quantile(paper, 0.05) - paperGrey) / contrast, 0.5)
    let (lightest, darkest) = (abs(quantile(paper, 0.995) - paperGrey), abs(quantile(drawn, 0.005) - paperGrey))
    isClean = borderShare < 0.2 && floor < 0.2 && lightest < 0.25 * contrast && darkest < 1.4 * contrast
  }

  /// How far each pixel is from the paper towards the ink, 0…1; 0 for what the paper varies by.
  func ink(_ grey: GreyPicture) -> GreyPicture {
    let (paper, scale, floor) = (paperGrey, 1 / (inkGrey - paperGrey), floor)
    return grey.mapped { value in
      let share = (value - paper) * scale
      return share <= floor ? 0 : min(share, 1)
    }
  }

  /// The same for paper that is not even: what is nearer to it than to ink is no ink, but for soft edges.
  func firmInk(_ grey: GreyPicture) -> GreyPicture {
    let (paper, scale) = (paperGrey, 1 / (inkGrey - paperGrey))
    let floor = max(floor, 0.3)
    return grey.mapped { min(max((($0 - paper) * scale - floor) / (0.8 - floor), 0), 1) }
  }
}

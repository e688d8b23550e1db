/// From any picture of a digit to the 28 × 28 pixels that MNIST would have held: ink 255 on 0, the digit in a box of
/// 20 × 20 with its aspect ratio kept, placed by its centre of mass (LeCun et al., 1998).
package enum DigitNormalizer {
  package static let side = 28
  static let box = 20
  /// The length of all strokes of a digit, in heights of it, however rough their outlines are; grain and fabric have
  /// more.
  private static let longestStrokes: Float = 20

  /// Why there is no digit to be had from a picture.
  package struct NoDigit: Error, CustomStringConvertible {
    package let description: String

    static let blank = NoDigit(description: "no digit found: the picture is blank")
  }

  /// Is shown the picture after each stage, by the stage's name, in order.
  package typealias Observer = (_ stage: String, GreyPicture) -> Void

  /// - Throws: `NoDigit` for a blank picture, or one of specks, a texture or a spot only.
  package static func normalize(_ picture: Picture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    try normalize(picture.contrastGrey, observer: observer)
  }

  /// - Throws: `NoDigit` for a blank picture, or one of specks, a texture or a spot only.
  package static func normalize(_ grey: GreyPicture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    observer("grey", grey)
    return try normalize(ink: ink(grey, observer: observer), observer: observer)
  }

  /// How far each pixel is from the paper towards the ink, 0…1.
  ///
  /// - Throws: `NoDigit` for a blank picture.
  static func ink(_ grey: GreyPicture, observer: Observer = { _, _ in }) throws -> GreyPicture {
    let found = try InkFinder.ink(grey)
    observer("ink", found)
    let unruled = RuledLines.removed(from: found)
    observer("unruled", unruled)
    return unruled
  }

  /// A digit that is told from the paper already: each pixel its share of ink, 0…1.
  ///
  /// - Throws: `NoDigit` for a blank picture, or one of specks, a texture or a spot only.
  static func normalize(ink: GreyPicture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    func stage(_ name: String, _ picture: GreyPicture) -> GreyPicture {
      observer(name, picture)
      return picture
    }
    guard let digit = cropped(stage("pieces", try DigitPieces.chosen(from: ink))) else { throw NoDigit.blank }
    guard !isTexture(digit) else { throw NoDigit(description: "no digit found: nothing but a texture") }
    guard !isBlot(digit) else { throw NoDigit(description: "no digit found: nothing but a spot") }
    return centred(stage("stroke", restroked(stage("cropped", digit))))
  }

  /// Whether there are more strokes than in any digit; small pictures have no room for many.
  private static func isTexture(_ digit: GreyPicture) -> Bool {
    let longer = max(digit.width, digit.height)
    return longer > side && digit.values.reduce(0, +) > longestStrokes * Float(longer) * StrokeWidth.measured(digit)
  }

  /// Whether it is one spot, as wide as it is high and without anything to tell strokes by: of a disc or a square, the
  /// measured width is half the side.
  private static func isBlot(_ digit: GreyPicture) -> Bool {
    StrokeWidth.measured(digit) > 0.46 * Float(max(digit.width, digit.height))
  }

  /// The smallest part that holds all ink; nil if there is none.
  static func cropped(_ ink: GreyPicture) -> GreyPicture? {
    let rows = (0..<ink.height).filter { y in (0..<ink.width).contains { ink[$0, y] > 0 } }
    let columns = (0..<ink.width).filter { x in (0..<ink.height).contains { ink[x, $0] > 0 } }
    guard let top = rows.first, let bottom = rows.last, let left = columns.first, let right = columns.last else {
      return nil
    }
    return ink.cropped(columns: left..<right + 1, rows: top..<bottom + 1)
  }

  /// The digit with its longer side `box` pixels long.
  static func boxed(_ digit: GreyPicture) -> GreyPicture { scaled(digit, longerSide: box) }

  private static func scaled(_ digit: GreyPicture, longerSide side: Int) -> GreyPicture {
    let scale = Double(side) / Double(max(digit.width, digit.height))
    func length(_ extent: Int) -> Int { min(side, max(1, Int((Double(extent) * scale).rounded()))) }
    return digit.resized(width: length(digit.width), height: length(digit.height))
  }

  /// The digit with its strokes as dark as MNIST's, where the darkest tenth is full ink: thin strokes fade as a large
  /// picture shrinks.
  static func darkened(_ digit: GreyPicture) -> GreyPicture {
    var inked = Histogram()
    for value in digit.values where value > 0.05 { inked.add(value) }
    let darkest = inked.quantile(0.9)
    guard darkest > 0, darkest < 1 else { return digit }
    return GreyPicture(width: digit.width, height: digit.height, values: digit.values.map { min(1, $0 / darkest) })
  }

  /// The digit in its box, with strokes as wide as MNIST's: lines that are too thin or too fat are drawn anew from
  /// their outlines, which are found where there are pixels enough to tell them.
  static func restroked(_ digit: GreyPicture) -> GreyPicture {
    let plain = darkened(boxed(digit))
    let width = StrokeWidth.measured(plain)
    let usual = StrokeWidth.usual
    guard !usual.contains(width), max(plain.width, plain.height) == box else { return plain }
    let fine = darkened(scaled(digit, longerSide: min(max(digit.width, digit.height, 4 * box), 16 * box)))
    let scale = Float(max(fine.width, fine.height)) / Float(box)
    // The small picture makes lines of a hair's breadth a pixel wide.
    let fineWidth = StrokeWidth.measured(fine) / scale
    let distance = (min(max(fineWidth, usual.lowerBound), usual.upperBound) - fineWidth) / 2
    guard abs(distance * scale) >= 0.5 else { return plain }
    guard let redrawn = cropped(StrokeWidth.moved(fine, by: distance * scale)) else { return plain }
    return darkened(boxed(redrawn))
  }

  /// The digit on `side` × `side` pixels of 0…255 with its centre of mass in [13.5, 14.5) both ways, where MNIST's
  /// all are; less only where the digit would leave the picture.
  static func centred(_ digit: GreyPicture) -> [UInt8] {
    var (mass, sumX, sumY): (Float, Float, Float) = (0, 0, 0)
    for y in 0..<digit.height {
      for x in 0..<digit.width {
        mass += digit[x, y]
        sumX += digit[x, y] * Float(x)
        sumY += digit[x, y] * Float(y)
      }
    }
    let middle = Float(side) / 2
    func offset(_ centre: Float, _ length: Int) -> Int {
      min(max(Int((middle - 0.5 - centre).rounded(.up)), 0), side - length)
    }
    let (left, top) = (offset(sumX / mass, digit.width), offset(sumY / mass, digit.height))
    var pixels = Array(repeating: UInt8(0), count: side * side)
    for y in 0..<digit.height {
      for x in 0..<digit.width {
        pixels[(top + y) * side + left + x] = UInt8(digit[x, y] * 255 + 0.5)
      }
    }
    return pixels
  }
}

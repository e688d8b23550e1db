/// Normalizes any picture of a digit as MNIST's digits are: 28 × 28 pixels with ink 255 on 0, the digit scaled into a
/// box of 20 × 20 with its aspect ratio kept, its centre of mass in the middle (LeCun et al., 1998).
package enum DigitNormalizer {
  /// The width and height of a normalized picture.
  package static let side = 28
  /// The width and height of the box that a digit is scaled into.
  static let box = 20
  /// The maximum total length of a digit's strokes, as a multiple of its longer side. Grain and fabric exceed it.
  private static let maximumStrokeLength: Float = 20

  /// The error for a picture without a digit, with the reason.
  package struct NoDigit: Error, CustomStringConvertible {
    package let description: String

    static let blank = NoDigit(description: "no digit found: the picture is blank")
  }

  /// Receives the picture after each stage, with the stage's name, in order.
  package typealias Observer = (_ stage: String, GreyPicture) -> Void

  /// Normalizes a colour picture.
  ///
  /// - Parameter isForced: whether to normalize even a picture that is as MNIST's are, which otherwise stays as it is.
  /// - Throws: `NoDigit` if the picture is blank or has only specks, a texture or a spot.
  package static func normalize(
    _ picture: Picture, isForced: Bool = false, observer: Observer = { _, _ in }
  ) throws -> [UInt8] {
    if !isForced, (picture.width, picture.height) == (side, side), picture.isGrey {
      let grey = picture.grey(on: 0)
      if isNormalized(grey.pixels, noise: picture.noise) {
        observer("grey", grey)
        return grey.pixels
      }
    }
    return try normalize(picture.contrastGrey, observer: observer)
  }

  /// Whether pixels of `side` × `side` are a digit as MNIST holds it: everything around it is 0, its longer side is
  /// `box` pixels long or one less, and it lies within a pixel of the place that its centre of mass asks for.
  ///
  /// - Parameter noise: the greatest value that counts as 0.
  package static func isNormalized(_ pixels: [UInt8], noise: UInt8 = 0) -> Bool {
    let picture = GreyPicture(width: side, height: side, values: pixels.map { $0 > noise ? Float($0) : 0 })
    guard let (columns, rows) = inkBounds(picture), box - 1...box ~= max(columns.count, rows.count) else {
      return false
    }
    let (left, top) = place(of: picture.cropped(columns: columns, rows: rows))
    return abs(left - columns.lowerBound) <= 1 && abs(top - rows.lowerBound) <= 1
  }

  /// Normalizes a grey picture.
  ///
  /// - Throws: `NoDigit` if the picture is blank or has only specks, a texture or a spot.
  package static func normalize(_ grey: GreyPicture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    observer("grey", grey)
    return try normalize(ink: ink(grey, observer: observer), observer: observer)
  }

  /// Separates ink from paper and removes the paper's ruling lines. Each pixel becomes its amount of ink, 0…1.
  ///
  /// - Throws: `NoDigit` if the picture is blank.
  static func ink(_ grey: GreyPicture, observer: Observer = { _, _ in }) throws -> GreyPicture {
    let found = try InkFinder.ink(grey)
    observer("ink", found)
    let unruled = RulingLines.removed(from: found)
    observer("unruled", unruled)
    return unruled
  }

  /// Normalizes a digit whose ink is already separated from the paper.
  ///
  /// - Parameter ink: the amount of ink of each pixel, 0…1.
  /// - Throws: `NoDigit` if the picture is blank or has only specks, a texture or a spot.
  static func normalize(ink: GreyPicture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    func stage(_ name: String, _ picture: GreyPicture) -> GreyPicture {
      observer(name, picture)
      return picture
    }
    guard let digit = cropped(stage("pieces", try DigitPieces.chosen(from: ink))) else { throw NoDigit.blank }
    guard !isTexture(digit) else { throw NoDigit(description: "no digit found: nothing but a texture") }
    guard !isBlot(digit) else { throw NoDigit(description: "no digit found: nothing but a spot") }
    return centred(stage("stroke", strokeWidthNormalized(stage("cropped", digit))))
  }

  /// Whether the strokes are longer in total than the strokes of any digit. Small pictures have no room for long
  /// strokes.
  private static func isTexture(_ digit: GreyPicture) -> Bool {
    let longer = max(digit.width, digit.height)
    return longer > side
      && digit.values.reduce(0, +) > maximumStrokeLength * Float(longer) * StrokeWidth.measured(digit)
  }

  /// Whether the ink is one compact spot without distinct strokes. The measured stroke width of a disc or a square is
  /// half its side.
  private static func isBlot(_ digit: GreyPicture) -> Bool {
    StrokeWidth.measured(digit) > 0.46 * Float(max(digit.width, digit.height))
  }

  /// The picture cropped to the bounding box of its ink; nil if there is no ink.
  static func cropped(_ ink: GreyPicture) -> GreyPicture? {
    inkBounds(ink).map { ink.cropped(columns: $0.columns, rows: $0.rows) }
  }

  /// The columns and rows of the bounding box of the ink; nil if there is no ink.
  private static func inkBounds(_ ink: GreyPicture) -> (columns: Range<Int>, rows: Range<Int>)? {
    let rows = (0..<ink.height).filter { y in (0..<ink.width).contains { ink[$0, y] > 0 } }
    let columns = (0..<ink.width).filter { x in (0..<ink.height).contains { ink[x, $0] > 0 } }
    guard let top = rows.first, let bottom = rows.last, let left = columns.first, let right = columns.last else {
      return nil
    }
    return (left..<right + 1, top..<bottom + 1)
  }

  /// The digit scaled so that its longer side is `box` pixels long.
  static func boxed(_ digit: GreyPicture) -> GreyPicture { scaled(digit, longerSide: box) }

  private static func scaled(_ digit: GreyPicture, longerSide side: Int) -> GreyPicture {
    let scale = Double(side) / Double(max(digit.width, digit.height))
    func length(_ extent: Int) -> Int { min(side, max(1, Int((Double(extent) * scale).rounded()))) }
    return digit.resized(width: length(digit.width), height: length(digit.height))
  }

  /// The digit with its contrast stretched so that the darkest tenth of the ink is full ink, as in MNIST. Thin strokes
  /// fade when a large picture is shrunk.
  static func contrastStretched(_ digit: GreyPicture) -> GreyPicture {
    var inked = Histogram()
    for value in digit.values where value > 0.05 { inked.add(value) }
    let darkest = inked.quantile(0.9)
    guard darkest > 0, darkest < 1 else { return digit }
    return digit.mapped { min(1, $0 / darkest) }
  }

  /// The digit scaled into its box, with strokes as wide as MNIST's. The outlines of strokes that are too thin or too
  /// thick are moved at a higher resolution before the digit is scaled down.
  static func strokeWidthNormalized(_ digit: GreyPicture) -> GreyPicture {
    let plain = contrastStretched(boxed(digit))
    let width = StrokeWidth.measured(plain)
    let usual = StrokeWidth.usual
    guard !usual.contains(width), max(plain.width, plain.height) == box else { return plain }
    let fine = contrastStretched(scaled(digit, longerSide: min(max(digit.width, digit.height, 4 * box), 16 * box)))
    let scale = Float(max(fine.width, fine.height)) / Float(box)
    // Measured on the large picture: on the small one, even hairlines are a pixel wide.
    let fineWidth = StrokeWidth.measured(fine) / scale
    let distance = (min(max(fineWidth, usual.lowerBound), usual.upperBound) - fineWidth) / 2
    guard abs(distance * scale) >= 0.5 else { return plain }
    guard let redrawn = cropped(StrokeWidth.outlineMoved(fine, by: distance * scale)) else { return plain }
    return contrastStretched(boxed(redrawn))
  }

  /// The digit on `side` × `side` pixels of 0…255 with its centre of mass in [13.5, 14.5) in both directions, as in
  /// MNIST. It is closer to the border only where the digit would otherwise leave the picture.
  static func centred(_ digit: GreyPicture) -> [UInt8] {
    let (left, top) = place(of: digit)
    // This rounding differs from that of grey pictures in general for one value, just below half a level.
    var pixels = Array(repeating: UInt8(0), count: side * side)
    for y in 0..<digit.height {
      for x in 0..<digit.width {
        pixels[(top + y) * side + left + x] = UInt8(digit[x, y] * 255 + 0.5)
      }
    }
    return pixels
  }

  /// The column and the row of a picture of `side` × `side` where `centred` puts the digit's corner.
  private static func place(of digit: GreyPicture) -> (left: Int, top: Int) {
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
    return (offset(sumX / mass, digit.width), offset(sumY / mass, digit.height))
  }
}

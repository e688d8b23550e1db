/// From any picture of a digit to the 28 × 28 pixels that MNIST would have held: ink 255 on 0, the digit in a box of
/// 20 × 20 with its aspect ratio kept, placed by its centre of mass (LeCun et al., 1998).
public enum DigitNormalizer {
  public static let side = 28
  static let box = 20

  /// Why there is no digit to be had from a picture.
  public struct NoDigit: Error, CustomStringConvertible {
    public let description: String
  }

  /// Is shown the picture after each stage, by the stage's name, in order.
  public typealias Observer = (_ stage: String, GreyPicture) -> Void

  /// - Throws: `NoDigit` for a blank picture.
  public static func normalize(_ picture: Picture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    try normalize(picture.grey, observer: observer)
  }

  /// - Throws: `NoDigit` for a blank picture.
  public static func normalize(_ grey: GreyPicture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    observer("grey", grey)
    let ink = try self.ink(grey)
    observer("ink", ink)
    return try normalize(ink: ink, observer: observer)
  }

  /// A digit that is told from the paper already: each pixel its share of ink, 0…1.
  ///
  /// - Throws: `NoDigit` for a blank picture.
  static func normalize(ink: GreyPicture, observer: Observer = { _, _ in }) throws -> [UInt8] {
    func stage(_ name: String, _ picture: GreyPicture) -> GreyPicture {
      observer(name, picture)
      return picture
    }
    guard let digit = cropped(stage("clean", withoutSpecks(ink))) else {
      throw NoDigit(description: "no digit found: nothing is drawn")
    }
    return centred(stage("dark", darkened(stage("boxed", boxed(stage("cropped", digit))))))
  }

  /// How far each pixel is from the paper towards the ink, 0…1.
  ///
  /// Two groups of grey are told apart by Otsu's threshold. The paper is the one that holds more of the picture and of
  /// its border taken together: ink may cover most of a tight crop, or touch the border, but not both for long.
  static func ink(_ grey: GreyPicture) throws -> GreyPicture {
    var all = Histogram()
    grey.values.forEach { all.add($0) }
    let threshold = all.otsuThreshold
    var (dark, light) = (Histogram(), Histogram())
    var borderDark = 0
    var borderCount = 0
    for y in 0..<grey.height {
      for x in 0..<grey.width {
        let value = grey[x, y]
        if value <= threshold { dark.add(value) } else { light.add(value) }
        if x == 0 || y == 0 || x == grey.width - 1 || y == grey.height - 1 {
          borderCount += 1
          borderDark += value <= threshold ? 1 : 0
        }
      }
    }
    guard dark.count > 0, light.count > 0 else { throw NoDigit(description: "no digit found: the picture is blank") }
    let darkShare = Double(dark.count) / Double(all.count) + Double(borderDark) / Double(borderCount)
    let isInkDark = darkShare < 1
    let (paper, drawn) = isInkDark ? (light, dark) : (dark, light)
    let paperGrey = paper.quantile(0.5)
    // Full ink is that of the darker half of the strokes, not of their soft edges.
    let inkGrey = drawn.quantile(isInkDark ? 0.25 : 0.75)
    let contrast = abs(inkGrey - paperGrey)
    guard contrast > 0.04 else { throw NoDigit(description: "no digit found: the picture is blank") }
    // What the paper itself varies by is no ink.
    let noise = abs(paper.quantile(isInkDark ? 0.05 : 0.95) - paperGrey)
    let floor = min(noise / contrast, 0.5)
    return GreyPicture(
      width: grey.width, height: grey.height,
      values: grey.values.map { value in
        let share = (isInkDark ? paperGrey - value : value - paperGrey) / contrast
        return share <= floor ? 0 : min(share, 1)
      })
  }

  /// The ink without specks: connected pieces that hold less than a fortieth of what the largest holds.
  static func withoutSpecks(_ ink: GreyPicture) -> GreyPicture {
    var piece = Array(repeating: -1, count: ink.values.count)
    var weights: [Float] = []
    var pending: [Int] = []
    for start in ink.values.indices where ink.values[start] > 0 && piece[start] < 0 {
      let number = weights.count
      weights.append(0)
      piece[start] = number
      pending.append(start)
      while let place = pending.popLast() {
        weights[number] += ink.values[place]
        let (x, y) = (place % ink.width, place / ink.width)
        for ny in max(y - 1, 0)...min(y + 1, ink.height - 1) {
          for nx in max(x - 1, 0)...min(x + 1, ink.width - 1) {
            let neighbour = ny * ink.width + nx
            if ink.values[neighbour] > 0, piece[neighbour] < 0 {
              piece[neighbour] = number
              pending.append(neighbour)
            }
          }
        }
      }
    }
    let least = (weights.max() ?? 0) / 40
    var kept = ink
    for place in piece.indices where piece[place] >= 0 && weights[piece[place]] < least { kept.values[place] = 0 }
    return kept
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
  static func boxed(_ digit: GreyPicture) -> GreyPicture {
    let scale = Double(box) / Double(max(digit.width, digit.height))
    func length(_ side: Int) -> Int { min(box, max(1, Int((Double(side) * scale).rounded()))) }
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
        pixels[(top + y) * side + left + x] = UInt8((digit[x, y] * 255).rounded())
      }
    }
    return pixels
  }
}

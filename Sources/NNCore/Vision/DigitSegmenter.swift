/// Reads pictures that hold several digits: a number, a line of numbers, a page.
public struct DigitSegmenter {
  /// The probabilities of the classes for each of some pictures of 28 × 28 pixels, as `DigitNormalizer` makes them.
  public typealias Classifier = (_ pictures: [[UInt8]]) -> [[Float]]

  public struct Digit: Sendable {
    /// Where its ink is.
    public fileprivate(set) var box: PixelBox
    /// The likeliest class.
    public let label: Int
    public let probability: Float
    /// Whether a wide gap is before it: it begins a new number.
    public fileprivate(set) var beginsNumber = false
  }

  /// Digits of one line, from left to right; at least one.
  public typealias Line = [Digit]

  private let classify: Classifier

  public init(classify: @escaping Classifier) {
    self.classify = classify
  }

  /// The lines of a picture, from the top.
  ///
  /// - Throws: `DigitNormalizer.NoDigit` if there is no digit on it.
  public func read(_ picture: Picture) throws -> [Line] {
    try read(picture.contrastGrey, size: (picture.width, picture.height))
  }

  /// The lines of a picture, from the top.
  ///
  /// - Throws: `DigitNormalizer.NoDigit` if there is no digit on it.
  public func read(_ grey: GreyPicture) throws -> [Line] { try read(grey, size: (grey.width, grey.height)) }

  private func read(_ grey: GreyPicture, size: (width: Int, height: Int)) throws -> [Line] {
    let page = DigitPage(try DigitNormalizer.ink(grey), size: size)
    let lines = page.lines.map { read($0, of: page) }.filter { !$0.isEmpty }
    guard !lines.isEmpty else { throw DigitNormalizer.NoDigit(description: "no digit found: nothing drawn looks like one") }
    return lines.map { line in
      line.map { digit in
        var digit = digit
        digit.box = page.original(digit.box)
        return digit
      }
    }
  }

  private func read(_ line: DigitPage.Line, of page: DigitPage) -> Line {
    // Pieces that are digits as they are need no cuts.
    let whole = line.pieces.indices.map { page.parts(of: line, $0, cuts: []) }
    let answers = classify(whole.map { Self.pixels($0) })
    let parts = line.pieces.indices.flatMap { number in
      let width = Double(line.pieces[number].bounds.width)
      let isSure = (answers[number].max() ?? 0) > 0.9 && width <= 0.9 * line.height
      let cuts = isSure ? [] : page.cuts(of: line, number)
      return cuts.isEmpty ? whole[number] : page.parts(of: line, number, cuts: cuts)
    }
    let lattice = DigitLattice(
      parts.sorted { ($0.bounds.middleX, $0.bounds.x) < ($1.bounds.middleX, $1.bounds.x) }, height: line.height, ink: line.ink)
    let probabilities = classify(lattice.groups.map { Self.pixels(lattice.parts[$0.range]) })
    let best = lattice.best { probabilities[$0].max() ?? 0 }
    var digits = best.map { group in
      let (label, probability) = probabilities[group].enumerated().max { $0.element < $1.element }!
      return Digit(box: lattice.groups[group].bounds, label: label, probability: probability)
    }
    for place in Self.gaps(between: digits.map(\.box), height: line.height) { digits[place].beginsNumber = true }
    return digits
  }

  private static func pixels(_ parts: some Collection<InkPart>) -> [UInt8] {
    let blank = Array(repeating: UInt8(0), count: DigitNormalizer.side * DigitNormalizer.side)
    return (try? DigitNormalizer.normalize(ink: InkPart.picture(of: parts))) ?? blank
  }

  /// The digits that a wide gap is before: as wide as three digits are high, or wider than one and a half and than
  /// most gaps of the line by far.
  static func gaps(between boxes: [PixelBox], height: Double) -> [Int] {
    let gaps = boxes.indices.dropFirst().map { Double(max(0, boxes[$0 - 1].gapAcross(to: boxes[$0]))) }
    let usual = gaps.sorted()[safe: gaps.count / 2] ?? 0
    return gaps.indices.filter { gaps[$0] > 3 * height || gaps[$0] > 1.4 * height && gaps[$0] > 2.5 * usual && gaps.count > 1 }.map { $0 + 1 }
  }
}

extension Array {
  fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}

/// Reads pictures that hold several digits: a number, a line of numbers, a page.
package struct DigitSegmenter {
  /// The probabilities of the classes for each of some pictures of 28 × 28 pixels, as `DigitNormalizer` makes them.
  package typealias Classifier = (_ pictures: [[UInt8]]) -> [[Float]]

  package struct Digit: Sendable {
    /// Where its ink is.
    package fileprivate(set) var box: PixelBox
    /// The likeliest class.
    package let label: Int
    package let probability: Float
    /// Whether a wide gap is before it: it begins a new number.
    package fileprivate(set) var beginsNumber = false
  }

  /// Digits of one line, from left to right; at least one.
  package typealias Line = [Digit]

  private let classify: Classifier

  package init(classify: @escaping Classifier) {
    self.classify = classify
  }

  /// The lines of a picture, from the top.
  ///
  /// - Throws: `DigitNormalizer.NoDigit` if there is no digit on it.
  package func read(_ picture: Picture) throws -> [Line] {
    try read(picture.contrastGrey, size: (picture.width, picture.height))
  }

  /// The lines of a picture, from the top.
  ///
  /// - Throws: `DigitNormalizer.NoDigit` if there is no digit on it.
  package func read(_ grey: GreyPicture) throws -> [Line] { try read(grey, size: (grey.width, grey.height)) }

  private func read(_ grey: GreyPicture, size: (width: Int, height: Int)) throws -> [Line] {
    let page = DigitPage(try DigitNormalizer.ink(grey), size: size)
    let lines = page.lines.map { read($0, of: page) }.filter { !$0.isEmpty }
    guard !lines.isEmpty else {
      throw DigitNormalizer.NoDigit(description: "no digit found: nothing drawn looks like one")
    }
    return lines.map { line in
      line.map { digit in
        var digit = digit
        digit.box = page.original(digit.box)
        return digit
      }
    }
  }

  private func read(_ line: DigitPage.Line, of page: DigitPage) -> Line {
    // Cuts are for pieces that cost more as they are than the cheapest cut.
    let whole = line.pieces.indices.map { page.parts(of: line, $0, cuts: []) }
    let parts = zip(line.pieces.indices, answers(to: whole)).flatMap { number, answer in
      let box = line.pieces[number].bounds
      let isDigit = DigitLattice.cost(of: answer) + DigitLattice.sizeCost(box, line.height) < DigitLattice.leastCutCost
      let cuts = isDigit ? [] : page.cuts(of: line, number)
      return cuts.isEmpty ? whole[number] : page.parts(of: line, number, cuts: cuts)
    }
    let lattice = DigitLattice(
      parts.sorted { ($0.bounds.middleX, $0.bounds.x) < ($1.bounds.middleX, $1.bounds.x) }, height: line.height,
      ink: line.ink)
    let answers = answers(to: lattice.groups.map { lattice.parts[$0.range] })
    var digits = lattice.best(answers).map { group in
      Digit(box: lattice.groups[group].bounds, label: answers[group].label, probability: answers[group].probability)
    }
    for place in Self.gaps(between: digits.map(\.box), height: line.height) { digits[place].beginsNumber = true }
    return digits
  }

  /// How much groups are leant for further looks at them, in pixels to the side a pixel down.
  private static let leans: [Float] = [0, -0.15, 0.15]

  /// What the classifier takes groups of parts for: the mean of what it says of each as it is, and leant to both sides,
  /// which errs less, and is less sure of what is no digit.
  private func answers(to groups: [some Collection<InkPart>]) -> [DigitAnswer] {
    let pictures = groups.map { Self.pixels($0) }
    let looks = Self.leans.map { lean in classify(lean == 0 ? pictures : pictures.map { Self.leant($0, by: lean) }) }
    return groups.indices.map { group in
      let count = Float(looks.count)
      return DigitAnswer(looks[0][group].indices.map { label in looks.reduce(0) { $0 + $1[group][label] } / count })
    }
  }

  private static func pixels(_ parts: some Collection<InkPart>) -> [UInt8] {
    let blank = Array(repeating: UInt8(0), count: DigitNormalizer.side * DigitNormalizer.side)
    return (try? DigitNormalizer.normalize(ink: InkPart.picture(of: parts))) ?? blank
  }

  /// Pixels leant about their middle row, each row moved to the side by linear interpolation.
  private static func leant(_ pixels: [UInt8], by lean: Float) -> [UInt8] {
    let side = DigitNormalizer.side
    var result = Array(repeating: UInt8(0), count: pixels.count)
    for row in 0..<side {
      let shift = lean * (Float(row) - Float(side - 1) / 2)
      let whole = Int(shift.rounded(.down))
      let share = shift - Float(whole)
      func pixel(_ column: Int) -> Float { 0..<side ~= column ? Float(pixels[row * side + column]) : 0 }
      for column in 0..<side {
        let value = (1 - share) * pixel(column - whole) + share * pixel(column - whole - 1)
        result[row * side + column] = UInt8(value.rounded())
      }
    }
    return result
  }

  /// The digits that a wide gap is before: as wide as three digits are high, or wider than one and a half and than
  /// most gaps of the line by far.
  static func gaps(between boxes: [PixelBox], height: Double) -> [Int] {
    let gaps = boxes.indices.dropFirst().map { Double(max(0, boxes[$0 - 1].gapAcross(to: boxes[$0]))) }
    let usual = gaps.sorted()[safe: gaps.count / 2] ?? 0
    return gaps.indices.filter {
      gaps[$0] > 3 * height || gaps[$0] > 1.4 * height && gaps[$0] > 2.5 * usual && gaps.count > 1
    }.map { $0 + 1 }
  }
}

extension Array {
  fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}

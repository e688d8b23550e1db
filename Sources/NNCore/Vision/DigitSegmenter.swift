/// Reads pictures of several digits: a number, a line of numbers, a page.
package struct DigitSegmenter {
  /// Returns the class probabilities of each picture. A picture is 28 × 28 pixels, normalized by `DigitNormalizer`.
  package typealias Classifier = (_ pictures: [[UInt8]]) -> [[Float]]

  package struct Digit: Sendable {
    /// The bounding box of the digit's ink.
    package fileprivate(set) var box: PixelBox
    /// The class of maximum probability.
    package let label: Int
    package let probability: Float
    /// Whether a wide gap precedes the digit, so that it begins a new number.
    package fileprivate(set) var beginsNumber = false
  }

  /// The digits of one line from left to right; at least one.
  package typealias Line = [Digit]

  private let classify: Classifier

  package init(classify: @escaping Classifier) {
    self.classify = classify
  }

  /// Reads the lines of a colour picture, from the top.
  ///
  /// - Throws: `DigitNormalizer.NoDigit` if the picture has no digit.
  package func read(_ picture: Picture) throws -> [Line] {
    try read(picture.contrastGrey, size: (picture.width, picture.height))
  }

  /// Reads the lines of a grey picture, from the top.
  ///
  /// - Throws: `DigitNormalizer.NoDigit` if the picture has no digit.
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
    // A component is cut only if reading it as one digit costs more than the cheapest cut.
    let whole = line.components.indices.map { page.segments(of: line, $0, cuts: []) }
    let segments = zip(line.components.indices, answers(to: whole)).flatMap { number, answer in
      let box = line.components[number].bounds
      let isDigit =
        DigitLattice.cost(of: answer) + DigitLattice.sizeCost(box, line.height) < DigitLattice.minimumCutCost
      let cuts = isDigit ? [] : page.cuts(of: line, number)
      return cuts.isEmpty ? whole[number] : page.segments(of: line, number, cuts: cuts)
    }
    let lattice = DigitLattice(
      segments.sorted { ($0.bounds.middleX, $0.bounds.x) < ($1.bounds.middleX, $1.bounds.x) }, height: line.height,
      ink: line.ink)
    let answers = answers(to: lattice.groups.map { lattice.segments[$0.range] })
    var digits = lattice.bestPath(answers).map { group in
      Digit(box: lattice.groups[group].bounds, label: answers[group].label, probability: answers[group].probability)
    }
    for place in Self.wideGaps(between: digits.map(\.box), height: line.height) { digits[place].beginsNumber = true }
    return digits
  }

  /// The shears of test-time augmentation, in pixels to the side for each pixel down.
  private static let shears: [Float] = [0, -0.15, 0.15]

  /// Classifies groups of segments. Each answer is the mean over the picture and its sheared versions (test-time
  /// augmentation), which errs less and is less confident about pictures of no digit.
  private func answers(to groups: [some Collection<InkSegment>]) -> [DigitAnswer] {
    let pictures = groups.map { Self.pixels($0) }
    let views = Self.shears.map { shear in
      classify(shear == 0 ? pictures : pictures.map { Self.sheared($0, by: shear) })
    }
    return groups.indices.map { group in
      let count = Float(views.count)
      return DigitAnswer(views[0][group].indices.map { label in views.reduce(0) { $0 + $1[group][label] } / count })
    }
  }

  /// The normalized picture of a group of segments; blank if it looks like no digit.

  private static func pixels(_ segments: some Collection<InkSegment>) -> [UInt8] {
    let blank = Array(repeating: UInt8(0), count: DigitNormalizer.side * DigitNormalizer.side)
    return (try? DigitNormalizer.normalize(ink: InkSegment.picture(of: segments))) ?? blank
  }

  /// The picture sheared about its middle row: each row is moved to the side, with linear interpolation.
  private static func sheared(_ pixels: [UInt8], by shear: Float) -> [UInt8] {
    let side = DigitNormalizer.side
    var result = Array(repeating: UInt8(0), count: pixels.count)
    for row in 0..<side {
      let shift = shear * (Float(row) - Float(side - 1) / 2)
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

  /// The indices of the boxes that a wide gap precedes. A gap is wide if it exceeds 3 digit heights, or 1.4 digit
  /// heights and 2.5 times the line's median gap.
  static func wideGaps(between boxes: [PixelBox], height: Double) -> [Int] {
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

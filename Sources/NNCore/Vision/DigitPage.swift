/// The layout of a page: its ink without form lines and specks, as lines of connected components.
struct DigitPage {
  struct Line {
    /// The components, ordered by their left sides.
    let components: [ConnectedComponents.Component]
    /// The usual height of the line's digits in pixels.
    let height: Double
    /// The usual sum of ink of the line's digits.
    let ink: Double
    /// The usual stroke width in pixels.
    let stroke: Double
  }

  let lines: [Line]
  private let ink: GreyPicture
  private let components: ConnectedComponents
  /// The width and height of a pixel of `ink` in pixels of the original picture.
  private let scale: (x: Double, y: Double)
  private let size: (width: Int, height: Int)

  /// Pixels with more ink belong to strokes; pixels with less are their soft edges.
  static let threshold: Float = 0.25
  /// Larger digits are shrunk to this height. The classifier sees only 20 pixels of it.
  private static let workingHeight = 40.0

  /// Analyses the layout of a picture's ink.
  ///
  /// - Parameters:
  ///   - original: the ink, at the picture's size or smaller.
  ///   - size: the picture's size in pixels.
  init(_ original: GreyPicture, size: (width: Int, height: Int)) {
    self.size = size
    var ink = original
    var components = ConnectedComponents(ink, above: Self.threshold)
    // Form lines are recognised by their length in digit heights, and form lines distort the first estimate of the
    // height.
    for _ in 0..<2 {
      guard let height = Self.height(of: components, in: ink) else { break }
      let unruled = FormLines.removed(from: ink, height: height, threshold: Self.threshold)
      if unruled == ink { break }
      ink = unruled
      components = ConnectedComponents(ink, above: Self.threshold)
    }
    var height = Self.height(of: components, in: ink) ?? 1
    if height > 1.4 * Self.workingHeight {
      let factor = Self.workingHeight / height
      func length(_ side: Int) -> Int { max(1, Int((Double(side) * factor).rounded())) }
      ink = ink.resized(width: length(ink.width), height: length(ink.height))
      components = ConnectedComponents(ink, above: Self.threshold)
      height = Self.height(of: components, in: ink) ?? 1
    }
    scale = (Double(size.width) / Double(ink.width), Double(size.height) / Double(ink.height))
    let kept = Self.withoutFrames(
      components.components.filter { Double($0.area) > max(2, 0.008 * height * height) }, components, height)
    (self.ink, self.components) = (ink, components)
    lines = TextLines(kept.map(\.bounds), height: height).lines.map { members in
      let own = members.map { kept[$0] }.sorted { ($0.bounds.x, $0.bounds.y) < ($1.bounds.x, $1.bounds.y) }
      return Line(own, components, pageHeight: height)
    }
  }

  /// The usual height of digits: the median of the components' heights, weighted by the square roots of their areas so
  /// that neither many specks nor one large frame dominates. Nil without components.
  private static func height(of components: ConnectedComponents, in ink: GreyPicture) -> Double? {
    let all = components.components.filter { $0.area > 2 }
    let inner = all.filter { 2 * $0.bounds.width < ink.width || 2 * $0.bounds.height < ink.height }
    let counted = inner.count >= 3 ? inner : all
    return weightedMedian(counted.map { (Double($0.bounds.height), Double($0.area).squareRoot()) })
  }

  /// The components without frames printed around digits. A frame encloses components as high as digits, and most of
  /// its pixels are in straight sides of its full length.
  private static func withoutFrames(
    _ all: [ConnectedComponents.Component], _ components: ConnectedComponents, _ height: Double
  )
    -> [ConnectedComponents.Component]
  {
    all.filter { component in
      guard Double(min(component.bounds.width, component.bounds.height)) > 0.8 * height else { return true }
      let isAround = all.contains {
        component.bounds.contains($0.bounds) && $0.bounds != component.bounds
          && Double($0.bounds.height) > 0.4 * Double(min(component.bounds.height, Int(height)))
      }
      guard isAround else { return true }
      let runs = components.runs[component.runs]
      // The numbers of pixels in horizontal and in vertical sides.
      let across = runs.reduce(0) { $0 + (3 * $1.columns.count >= 2 * component.bounds.width ? $1.columns.count : 0) }
      var columns = Array(repeating: 0, count: component.bounds.width)
      for run in runs { for column in run.columns { columns[column - component.bounds.x] += 1 } }
      let down = columns.reduce(0) { $0 + (3 * $1 >= 2 * component.bounds.height ? $1 : 0) }
      return Double(across + down) < 0.6 * Double(component.area)
    }
  }

  /// The candidate cuts of the component `number` of a line.
  func cuts(of line: Line, _ number: Int) -> [SeamCuts.Cut] {
    let picture = components.picture(of: line.components[number], in: ink).picture
    return SeamCuts(picture, spacing: max(2, Int(0.12 * line.height)), maximumInk: Float(3 * line.stroke)).cuts
  }

  /// The segments that `cuts` make of the component `number` of a line.
  func segments(of line: Line, _ number: Int, cuts: [SeamCuts.Cut]) -> [InkSegment] {
    components.segments(of: line.components[number], number: number, in: ink, cuts: cuts, stroke: line.stroke)
  }

  /// Converts a box of `ink` to pixels of the original picture.
  func original(_ box: PixelBox) -> PixelBox {
    if scale == (1, 1) { return box }
    func range(_ range: Range<Int>, _ scale: Double, _ length: Int) -> Range<Int> {
      Int(Double(range.lowerBound) * scale)..<min(length, Int((Double(range.upperBound) * scale).rounded(.up)))
    }
    return PixelBox(columns: range(box.columns, scale.x, size.width), rows: range(box.rows, scale.y, size.height))
  }
}

extension DigitPage.Line {
  fileprivate init(_ own: [ConnectedComponents.Component], _ components: ConnectedComponents, pageHeight: Double) {
    self.components = own
    let tall = own.filter { Double($0.bounds.height) >= 0.45 * pageHeight }
    // Small components alone don't lower the digit height of a line.
    height = max(0.75 * pageHeight, weightedMedian(tall.map { (Double($0.bounds.height), Double($0.area)) }) ?? 0)
    ink = weightedMedian(tall.map { (Double($0.ink), 1) }) ?? 1
    let runs = tall.flatMap { components.runs[$0.runs].map { (Double($0.columns.count), 1.0) } }
    stroke = max(1, weightedMedian(runs) ?? 1)
  }
}

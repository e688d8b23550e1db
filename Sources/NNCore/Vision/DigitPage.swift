/// The ink of a page, of rules and specks rid, by lines and pieces.
struct DigitPage {
  struct Line {
    /// By their left.
    let pieces: [ConnectedPieces.Piece]
    /// Of a usual digit on it, in pixels.
    let height: Double
    /// Of a usual digit on it.
    let ink: Double
    /// How thick its strokes are, in pixels.
    let stroke: Double
  }

  let lines: [Line]
  private let ink: GreyPicture
  private let pieces: ConnectedPieces
  /// Pixels of the original picture for each of `ink`, across and down.
  private let scale: (x: Double, y: Double)
  private let size: (width: Int, height: Int)

  /// Ink above it is drawn; below are soft edges.
  static let threshold: Float = 0.25
  /// Larger digits are shrunk to this height, from which nothing is lost in the 20 pixels that digits are read at.
  private static let workingHeight = 40.0

  /// - Parameters:
  ///   - original: the ink of the picture, perhaps shrunk.
  ///   - size: of the picture.
  init(_ original: GreyPicture, size: (width: Int, height: Int)) {
    self.size = size
    var ink = original
    var pieces = ConnectedPieces(ink, above: Self.threshold)
    // Rules are known by their length in digits, whose height may be known only without them.
    for _ in 0..<2 {
      guard let height = Self.height(of: pieces, in: ink) else { break }
      let unruled = PrintedRules.removed(from: ink, height: height, threshold: Self.threshold)
      if unruled == ink { break }
      ink = unruled
      pieces = ConnectedPieces(ink, above: Self.threshold)
    }
    var height = Self.height(of: pieces, in: ink) ?? 1
    if height > 1.4 * Self.workingHeight {
      let factor = Self.workingHeight / height
      func length(_ side: Int) -> Int { max(1, Int((Double(side) * factor).rounded())) }
      ink = ink.resized(width: length(ink.width), height: length(ink.height))
      pieces = ConnectedPieces(ink, above: Self.threshold)
      height = Self.height(of: pieces, in: ink) ?? 1
    }
    scale = (Double(size.width) / Double(ink.width), Double(size.height) / Double(ink.height))
    let kept = Self.withoutFrames(
      pieces.pieces.filter { Double($0.area) > max(2, 0.008 * height * height) }, pieces, height)
    (self.ink, self.pieces) = (ink, pieces)
    lines = TextLines(kept.map(\.bounds), height: height).lines.map { members in
      let own = members.map { kept[$0] }.sorted { ($0.bounds.x, $0.bounds.y) < ($1.bounds.x, $1.bounds.y) }
      return Line(own, pieces, pageHeight: height)
    }
  }

  /// The height of a usual digit: that of half of the pieces, by the root of their area, so that neither many specks
  /// nor one frame around all decides.
  private static func height(of pieces: ConnectedPieces, in ink: GreyPicture) -> Double? {
    let all = pieces.pieces.filter { $0.area > 2 }
    let inner = all.filter { 2 * $0.bounds.width < ink.width || 2 * $0.bounds.height < ink.height }
    let counted = inner.count >= 3 ? inner : all
    return weightedMedian(counted.map { (Double($0.bounds.height), Double($0.area).squareRoot()) })
  }

  /// Without boxes that are printed around digits: what has pieces as high as digits within it, and is drawn of
  /// straight sides as long as it is.
  private static func withoutFrames(_ all: [ConnectedPieces.Piece], _ pieces: ConnectedPieces, _ height: Double)
    -> [ConnectedPieces.Piece]
  {
    all.filter { piece in
      guard Double(min(piece.bounds.width, piece.bounds.height)) > 0.8 * height else { return true }
      let isAround = all.contains {
        piece.bounds.contains($0.bounds) && $0.bounds != piece.bounds
          && Double($0.bounds.height) > 0.4 * Double(min(piece.bounds.height, Int(height)))
      }
      guard isAround else { return true }
      let runs = pieces.runs[piece.runs]
      // Pixels in the upper and the lower side, and in the left and the right.
      let across = runs.reduce(0) { $0 + (3 * $1.columns.count >= 2 * piece.bounds.width ? $1.columns.count : 0) }
      var columns = Array(repeating: 0, count: piece.bounds.width)
      for run in runs { for column in run.columns { columns[column - piece.bounds.x] += 1 } }
      let down = columns.reduce(0) { $0 + (3 * $1 >= 2 * piece.bounds.height ? $1 : 0) }
      return Double(across + down) < 0.6 * Double(piece.area)
    }
  }

  /// Ways to cut a piece of a line.
  func cuts(of line: Line, _ number: Int) -> [DigitCuts.Cut] {
    let picture = pieces.picture(of: line.pieces[number], in: ink).picture
    return DigitCuts(picture, spacing: max(2, Int(0.12 * line.height)), most: Float(3 * line.stroke)).cuts
  }

  func parts(of line: Line, _ number: Int, cuts: [DigitCuts.Cut]) -> [InkPart] {
    pieces.parts(of: line.pieces[number], number: number, in: ink, cuts: cuts, stroke: line.stroke)
  }

  /// A box in pixels of the original picture.
  func original(_ box: PixelBox) -> PixelBox {
    if scale == (1, 1) { return box }
    func range(_ range: Range<Int>, _ scale: Double, _ length: Int) -> Range<Int> {
      Int(Double(range.lowerBound) * scale)..<min(length, Int((Double(range.upperBound) * scale).rounded(.up)))
    }
    return PixelBox(columns: range(box.columns, scale.x, size.width), rows: range(box.rows, scale.y, size.height))
  }
}

extension DigitPage.Line {
  fileprivate init(_ own: [ConnectedPieces.Piece], _ pieces: ConnectedPieces, pageHeight: Double) {
    self.pieces = own
    let tall = own.filter { Double($0.bounds.height) >= 0.45 * pageHeight }
    // What is much lower than the digits of the page makes no line of its own.
    height = max(0.75 * pageHeight, weightedMedian(tall.map { (Double($0.bounds.height), Double($0.area)) }) ?? 0)
    ink = weightedMedian(tall.map { (Double($0.ink), 1) }) ?? 1
    let runs = tall.flatMap { pieces.runs[$0.runs].map { (Double($0.columns.count), 1.0) } }
    stroke = max(1, weightedMedian(runs) ?? 1)
  }
}

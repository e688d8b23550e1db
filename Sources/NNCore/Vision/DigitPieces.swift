/// Chooses the pieces of ink that make up the digit.
enum DigitPieces {
  /// The ink without specks, and without what reaches into the picture from beside it.
  ///
  /// - Throws: `NoDigit` if there is no piece that stands out.
  static func chosen(from ink: GreyPicture) throws -> GreyPicture {
    let all = ConnectedPieces(ink)
    guard let main = all.pieces.max(by: { weight($0, ink) < weight($1, ink) }) else {
      throw DigitNormalizer.NoDigit.blank
    }
    let total = all.pieces.reduce(0) { $0 + $1.ink }
    guard main.ink > total / 10 else {
      throw DigitNormalizer.NoDigit(description: "no digit found: nothing but \(all.pieces.count) specks")
    }
    var kept = GreyPicture(width: ink.width, height: ink.height, values: Array(repeating: 0, count: ink.values.count))
    for piece in all.pieces where belongs(piece, to: main, ink) {
      for run in all.runs[piece.runs] {
        let places = Int(run.row) * ink.width + Int(run.start)..<Int(run.row) * ink.width + Int(run.end)
        kept.values.replaceSubrange(places, with: ink.values[places])
      }
    }
    return kept
  }

  /// What is cut off by the border is seldom what the picture is of.
  private static func weight(_ piece: ConnectedPieces.Piece, _ ink: GreyPicture) -> Float {
    touchesBorder(piece, ink) ? piece.ink / 2 : piece.ink
  }

  private static func touchesBorder(_ piece: ConnectedPieces.Piece, _ ink: GreyPicture) -> Bool {
    let box = piece.bounds
    return box.x == 0 || box.y == 0 || box.columns.upperBound == ink.width || box.rows.upperBound == ink.height
  }

  private static func belongs(_ piece: ConnectedPieces.Piece, to main: ConnectedPieces.Piece, _ ink: GreyPicture)
    -> Bool
  {
    let (box, digit) = (piece.bounds, main.bounds)
    if box == digit { return true }
    guard piece.ink >= main.ink / 40 else { return false }
    // Bars and hooks that are apart from their digit stand above, below or close beside it.
    let reach = max(digit.width, digit.height)
    guard box.gapAcross(to: digit) < reach / 3, box.gapDown(to: digit) < reach / 2 else { return false }
    guard touchesBorder(piece, ink), !touchesBorder(main, ink) || piece.ink < main.ink / 4 else { return true }
    // Beside it, and cut off: part of a neighbour.
    return -box.gapAcross(to: digit) * 2 > box.width
  }
}

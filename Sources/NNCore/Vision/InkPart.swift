/// A part of the ink of a line of writing, a whole piece or what lies between two cuts through one, that may be a digit
/// or belong to one.
struct InkPart {
  /// Which piece of the line it is of.
  let piece: Int
  /// Its place among the parts of the piece, from the left.
  let place: Int
  /// How many parts the piece is cut into.
  let count: Int
  /// What is drawn.
  let bounds: PixelBox
  /// The picture of it, soft edges with it: its left and top, and its ink.
  let origin: (x: Int, y: Int)
  let picture: GreyPicture
  /// The sum of its ink.
  let ink: Float
  /// How many strokes the cut at its right goes through; 0 at the end of the piece.
  let strokesCut: Double

  var isWhole: Bool { count == 1 }

  /// A picture that holds some parts and nothing else, within a border, so that none looks cut off.
  static func picture(of parts: some Collection<InkPart>) -> GreyPicture {
    let frames = parts.map {
      PixelBox(
        columns: $0.origin.x..<$0.origin.x + $0.picture.width, rows: $0.origin.y..<$0.origin.y + $0.picture.height)
    }
    let tight = frames.dropFirst().reduce(frames[0]) { $0.union($1) }
    let frame = PixelBox(
      columns: tight.x - 1..<tight.columns.upperBound + 1, rows: tight.y - 1..<tight.rows.upperBound + 1)
    var values = [Float](repeating: 0, count: frame.width * frame.height)
    for (part, own) in zip(parts, frames) {
      for row in 0..<own.height {
        let start = (own.y - frame.y + row) * frame.width + own.x - frame.x
        for column in 0..<own.width {
          values[start + column] = max(values[start + column], part.picture[column, row])
        }
      }
    }
    return GreyPicture(width: frame.width, height: frame.height, values: values)
  }
}

extension ConnectedPieces {
  /// A piece alone, with a border of one pixel for the soft edges: ink beside it that is too pale to belong to any
  /// piece.
  func picture(of piece: Piece, in ink: GreyPicture) -> (origin: (x: Int, y: Int), picture: GreyPicture) {
    let (left, top) = (max(0, piece.bounds.x - 1), max(0, piece.bounds.y - 1))
    let (right, bottom) = (
      min(ink.width, piece.bounds.columns.upperBound + 1), min(ink.height, piece.bounds.rows.upperBound + 1)
    )
    let width = right - left
    var picture = GreyPicture(
      width: width, height: bottom - top, values: Array(repeating: 0, count: width * (bottom - top)))
    for run in runs[piece.runs] {
      for row in max(top, Int(run.row) - 1)..<min(bottom, Int(run.row) + 2) {
        for column in max(left, Int(run.start) - 1)..<min(right, Int(run.end) + 1) {
          let value = ink[column, row]
          if value <= threshold || row == Int(run.row) && run.columns.contains(column) {
            picture.values[(row - top) * width + column - left] = value
          }
        }
      }
    }
    return ((left, top), picture)
  }

  /// The parts of a piece between cuts, without those that hold nothing.
  func parts(of piece: Piece, number: Int, in ink: GreyPicture, cuts: [DigitCuts.Cut], stroke: Double) -> [InkPart] {
    let (origin, whole) = picture(of: piece, in: ink)
    guard !cuts.isEmpty else {
      return [
        InkPart(
          piece: number, place: 0, count: 1, bounds: piece.bounds, origin: origin, picture: whole, ink: piece.ink,
          strokesCut: 0)
      ]
    }
    var found: [(bounds: PixelBox, picture: GreyPicture, ink: Float, cut: Float)] = []
    for place in 0...cuts.count {
      var picture = whole
      var bounds: PixelBox?
      for row in 0..<whole.height {
        for column in 0..<whole.width where whole[column, row] > 0 {
          // Cuts may meet but hardly cross: how many are left of it tells.
          if cuts.count(where: { $0.columns[row] <= column }) != place {
            picture.values[row * whole.width + column] = 0
          } else if whole[column, row] > threshold {
            let (x, y) = (origin.x + column, origin.y + row)
            let pixel = PixelBox(columns: x..<x + 1, rows: y..<y + 1)
            bounds = bounds?.union(pixel) ?? pixel
          }
        }
      }
      if let bounds {
        let frame = PixelBox(
          columns: max(0, bounds.x - origin.x - 1)..<min(whole.width, bounds.columns.upperBound - origin.x + 1),
          rows: max(0, bounds.y - origin.y - 1)..<min(whole.height, bounds.rows.upperBound - origin.y + 1))
        let cropped = picture.cropped(columns: frame.columns, rows: frame.rows)
        found.append((bounds, cropped, cropped.values.reduce(0, +), place < cuts.count ? cuts[place].ink : 0))
      } else if place < cuts.count, !found.isEmpty {
        found[found.count - 1].cut = min(found[found.count - 1].cut, cuts[place].ink)
      }
    }
    return found.enumerated().map { place, part in
      InkPart(
        piece: number, place: place, count: found.count, bounds: part.bounds,
        origin: (max(origin.x, part.bounds.x - 1), max(origin.y, part.bounds.y - 1)), picture: part.picture,
        ink: part.ink,
        strokesCut: place == found.count - 1 ? 0 : Double(part.cut) / stroke)
    }
  }
}

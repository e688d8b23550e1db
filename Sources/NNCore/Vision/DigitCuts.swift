/// Ways to cut a piece of ink in two from top to bottom where little ink is in the way: between digits that touch, if
/// there are several in it.
///
/// A cut goes down a row at a time, straight or a column to the side, along the path of least ink (as seams do:
/// Avidan and Shamir, 2007), so that it finds its way between digits that overlap in columns.
package struct DigitCuts {
  package struct Cut {
    /// In each row the first column right of the cut.
    package let columns: [Int]
    /// The ink it goes through, in pixels.
    package let ink: Float
  }

  /// From left to right.
  package let cuts: [Cut]

  /// What a step to the side costs, in pixels of ink: a straight way is as good as one that meets hardly less.
  private static let sidestep: Float = 0.04

  /// - Parameters:
  ///   - spacing: columns that are between cuts at least.
  ///   - most: ink that a cut may go through.
  package init(_ piece: GreyPicture, spacing: Int, most: Float) {
    let (width, height) = (piece.width, piece.height)
    guard width > 2 * spacing else {
      cuts = []
      return
    }
    let middle = height / 2
    let upper = Ways(piece, rows: Array(0...middle))
    let lower = Ways(piece, rows: Array((middle..<height).reversed()))
    // Through each column of the middle row leads one best way.
    let totals = (0..<width).map { upper.costs[$0] + lower.costs[$0] - piece[$0, middle] }
    var cuts: [Cut] = []
    for column in spacing..<width - spacing where totals[column] <= most {
      let near = totals[max(0, column - spacing)...min(width - 1, column + spacing)]
      guard totals[column] <= near.min()! else { continue }
      // Of equals side by side, the one in their middle.
      var last = column
      while last + 1 < width, totals[last + 1] == totals[column] { last += 1 }
      guard column == 0 || totals[column - 1] != totals[column] else { continue }
      let centre = (column + last) / 2
      let above = upper.way(to: centre)
      let below = lower.way(to: centre)
      cuts.append(Cut(columns: above + below.reversed().dropFirst(), ink: totals[centre]))
    }
    self.cuts = cuts
  }

  /// The cheapest ways from the first of some rows to each pixel of the last.
  private struct Ways {
    private let width: Int
    private let rows: Int
    private var steps: [Int8]
    private(set) var costs: [Float]

    init(_ piece: GreyPicture, rows: [Int]) {
      width = piece.width
      self.rows = rows.count
      steps = Array(repeating: 0, count: rows.count * piece.width)
      costs = (0..<piece.width).map { piece[$0, rows[0]] }
      for (place, row) in rows.enumerated().dropFirst() {
        let before = costs
        for column in 0..<width {
          var (best, step) = (before[column], Int8(0))
          if column > 0, before[column - 1] + DigitCuts.sidestep < best {
            (best, step) = (before[column - 1] + DigitCuts.sidestep, -1)
          }
          if column + 1 < width, before[column + 1] + DigitCuts.sidestep < best {
            (best, step) = (before[column + 1] + DigitCuts.sidestep, 1)
          }
          costs[column] = best + piece[column, row]
          steps[place * width + column] = step
        }
      }
    }

    /// The columns of the way, row after row.
    func way(to column: Int) -> [Int] {
      var columns = [column]
      for place in (1..<max(rows, 1)).reversed() {
        columns.append(columns.last! + Int(steps[place * width + columns.last!]))
      }
      return columns.reversed()
    }
  }
}

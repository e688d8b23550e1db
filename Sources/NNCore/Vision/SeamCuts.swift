/// Candidate cuts through a connected component from top to bottom, to separate digits that touch.
///
/// A cut is a seam of minimum ink (Avidan and Shamir, 2007): from row to row it goes straight down or one column to the
/// side, so it also separates digits that overlap in columns.
package struct SeamCuts {
  package struct Cut {
    /// For each row, the first column to the right of the cut.
    package let columns: [Int]
    /// The ink that the cut crosses, in pixels.
    package let ink: Float
  }

  /// The cuts from left to right.
  package let cuts: [Cut]

  /// The cost of a step to the side, in pixels of ink. It makes seams straight where that hardly crosses more ink.
  private static let sidestepCost: Float = 0.04

  /// Finds the seams that are local minima over the columns of the middle row.
  ///
  /// - Parameters:
  ///   - spacing: the minimum number of columns between cuts.
  ///   - maximumInk: the maximum ink that a cut may cross, in pixels.
  package init(_ component: GreyPicture, spacing: Int, maximumInk: Float) {
    let (width, height) = (component.width, component.height)
    guard width > 2 * spacing else {
      cuts = []
      return
    }
    let middle = height / 2
    let upper = ShortestPaths(component, rows: Array(0...middle))
    let lower = ShortestPaths(component, rows: Array((middle..<height).reversed()))
    // The cost of the best seam through each column of the middle row.
    let totals = (0..<width).map { upper.costs[$0] + lower.costs[$0] - component[$0, middle] }
    var cuts: [Cut] = []
    for column in spacing..<width - spacing where totals[column] <= maximumInk {
      let near = totals[max(0, column - spacing)...min(width - 1, column + spacing)]
      guard totals[column] <= near.min()! else { continue }
      // A plateau of equal costs gives one cut, in its centre.
      var last = column
      while last + 1 < width, totals[last + 1] == totals[column] { last += 1 }
      guard column == 0 || totals[column - 1] != totals[column] else { continue }
      let centre = (column + last) / 2
      let above = upper.path(to: centre)
      let below = lower.path(to: centre)
      cuts.append(Cut(columns: above + below.reversed().dropFirst(), ink: totals[centre]))
    }
    self.cuts = cuts
  }

  /// The paths of minimum cost from the first of `rows` to each pixel of the last, by dynamic programming.
  private struct ShortestPaths {
    private let width: Int
    private let rows: Int
    private var steps: [Int8]
    private(set) var costs: [Float]

    init(_ component: GreyPicture, rows: [Int]) {
      width = component.width
      self.rows = rows.count
      steps = Array(repeating: 0, count: rows.count * component.width)
      costs = (0..<component.width).map { component[$0, rows[0]] }
      for (place, row) in rows.enumerated().dropFirst() {
        let before = costs
        for column in 0..<width {
          var (best, step) = (before[column], Int8(0))
          if column > 0, before[column - 1] + SeamCuts.sidestepCost < best {
            (best, step) = (before[column - 1] + SeamCuts.sidestepCost, -1)
          }
          if column + 1 < width, before[column + 1] + SeamCuts.sidestepCost < best {
            (best, step) = (before[column + 1] + SeamCuts.sidestepCost, 1)
          }
          costs[column] = best + component[column, row]
          steps[place * width + column] = step
        }
      }
    }

    /// The columns of the path that ends at `column`, one for each row in the order of `rows`.
    func path(to column: Int) -> [Int] {
      var columns = [column]
      for place in (1..<max(rows, 1)).reversed() {
        columns.append(columns.last! + Int(steps[place * width + columns.last!]))
      }
      return columns.reversed()
    }
  }
}

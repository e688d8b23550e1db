/// Rules that are printed on a page, of forms and boxes: straight, thin and longer than any stroke of a digit.
///
/// Only their own ink goes: where a stroke crosses a rule, or stands on it, the column of ink is higher than the rule
/// is thick, and stays.
package enum PrintedRules {
  /// The picture without rules, across and down.
  ///
  /// - Parameters:
  ///   - height: of a usual digit, in pixels.
  ///   - threshold: ink above it is drawn.
  package static func removed(from ink: GreyPicture, height: Double, threshold: Float) -> GreyPicture {
    var across = Rules(in: ink, height: height, threshold: threshold)
    let first = across.all
    across.erase { $0.length >= 2.2 * height }
    var down = Rules(in: across.ink.transposed, height: height, threshold: threshold)
    // The side of a box may be no higher than a digit, but it goes from one rule to another.
    down.erase { side in
      side.length >= 2.2 * height
        || side.length >= 0.9 * height
          && [side.start, side.end].allSatisfy { end in
            first.contains { $0.length >= 2.2 * height && $0.meets(column: side.place(at: end), row: end) }
          }
    }
    return down.ink.transposed
  }
}

/// The rules that lie across a picture.
private struct Rules {
  struct Rule {
    let start: Double
    let end: Double
    /// The row in the middle of the rule at column 0, and what it goes down by a column.
    let row: Double
    let slope: Double
    /// In pixels.
    let thickness: Double

    var length: Double { end - start }
    func place(at column: Double) -> Double { row + slope * column }

    func meets(column: Double, row: Double) -> Bool {
      let slack = 2 + thickness
      return start - slack <= column && column <= end + slack && abs(place(at: column) - row) <= slack + 1
    }
  }

  private(set) var ink: GreyPicture
  private(set) var all: [Rule] = []
  private let threshold: Float

  init(in ink: GreyPicture, height: Double, threshold: Float) {
    (self.ink, self.threshold) = (ink, threshold)
    let thickest = max(2, height / 5)
    // Runs that are flat enough to be part of a rule, joined with those that go on beside them.
    let least = max(5, Int(0.3 * height))
    var clusters = RunClusters(reach: max(2, Int(0.15 * height)))
    for row in 0..<ink.height {
      var column = 0
      while column < ink.width {
        guard ink[column, row] > threshold else {
          column += 1
          continue
        }
        let start = column
        while column < ink.width, ink[column, row] > threshold { column += 1 }
        if column - start >= least { clusters.add(row: row, columns: start..<column) }
      }
    }
    all = clusters.all.compactMap { Self.rule($0, thickest: thickest, height: height) }
  }

  /// The rule that runs make up, if they lie in a straight line.
  private static func rule(_ runs: [RunClusters.Run], thickest: Double, height: Double) -> Rule? {
    let (start, end) = (runs.map(\.columns.lowerBound).min()!, runs.map(\.columns.upperBound).max()!)
    guard Double(end - start) >= 0.8 * height, Double(end - start) >= 6 else { return nil }
    // Least squares over all pixels of the runs.
    var (count, sumX, sumY, sumXX, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for run in runs {
      let (length, centre) = (
        Double(run.columns.count), Double(run.columns.lowerBound + run.columns.upperBound - 1) / 2
      )
      count += length
      sumX += length * centre
      sumY += length * Double(run.row)
      sumXX += length * (centre * centre + (length * length - 1) / 12)
      sumXY += length * centre * Double(run.row)
    }
    let spread = sumXX - sumX * sumX / count
    let slope = spread > 0 ? (sumXY - sumX * sumY / count) / spread : 0
    let row = (sumY - slope * sumX) / count
    guard abs(slope) <= 0.12 else { return nil }
    let thickness = count / Double(end - start)
    guard thickness <= thickest, thickness >= 0.5 else { return nil }
    let misses = runs.reduce(0.0) { sum, run in
      let off = Double(run.row) - row - slope * (Double(run.columns.lowerBound + run.columns.upperBound - 1) / 2)
      return sum + Double(run.columns.count) * off * off
    }
    guard (misses / count).squareRoot() <= max(1, thickness / 2) else { return nil }
    return Rule(start: Double(start), end: Double(end), row: row, slope: slope, thickness: thickness)
  }

  /// Takes away those that are `wanted`.
  mutating func erase(_ wanted: (Rule) -> Bool) {
    for rule in all where wanted(rule) {
      let reach = rule.thickness / 2 + 1.5
      for column in max(0, Int(rule.start) - 1)..<min(ink.width, Int(rule.end) + 1) {
        let centre = rule.place(at: Double(column))
        let rows =
          max(0, Int((centre - reach).rounded()))...max(0, min(ink.height - 1, Int((centre + reach).rounded())))
        guard rows.lowerBound < ink.height, let inked = rows.first(where: { ink[column, $0] > threshold }) else {
          continue
        }
        var (top, bottom) = (inked, inked)
        while top > 0, ink[column, top - 1] > threshold { top -= 1 }
        while bottom + 1 < ink.height, ink[column, bottom + 1] > threshold { bottom += 1 }
        guard Double(bottom - top + 1) <= rule.thickness + 2.5 else { continue }
        // And the soft edges.
        for row in max(0, top - 1)...min(ink.height - 1, bottom + 1) { ink.values[row * ink.width + column] = 0 }
      }
    }
  }
}

/// Runs of ink in rows that go on one another, end to end or one above the other.
private struct RunClusters {
  struct Run {
    let row: Int
    let columns: Range<Int>
  }

  /// Columns between the end of a run and the start of the next.
  private let reach: Int
  private var runs: [Run] = []
  private var sets = DisjointSets()
  /// The runs of the last two rows: a gap of one row is bridged.
  private var recent: [Int] = []

  init(reach: Int) {
    self.reach = reach
  }

  /// Rows come from the top.
  mutating func add(row: Int, columns: Range<Int>) {
    recent.removeAll { runs[$0].row < row - 1 }
    let number = sets.add()
    runs.append(Run(row: row, columns: columns))
    for other in recent
    where runs[other].columns.lowerBound <= columns.upperBound + reach
      && columns.lowerBound <= runs[other].columns.upperBound + reach
    {
      sets.join(number, other)
    }
    recent.append(number)
  }

  var all: [[Run]] {
    var sets = sets
    return sets.all().map { $0.map { runs[$0] } }
  }
}

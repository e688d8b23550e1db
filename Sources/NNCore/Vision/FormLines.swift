/// Removes the printed lines of forms and boxes: straight, thin and longer than any stroke of a digit.
///
/// Where a stroke crosses or touches a line, the column of ink is higher than the line is thick, and it is kept.
package enum FormLines {
  /// The ink without horizontal and vertical form lines.
  ///
  /// - Parameters:
  ///   - height: the usual height of a digit in pixels.
  ///   - threshold: pixels with more ink belong to lines and strokes.
  package static func removed(from ink: GreyPicture, height: Double, threshold: Float) -> GreyPicture {
    var horizontal = LineDetector(in: ink, height: height, threshold: threshold)
    let horizontalLines = horizontal.lines
    horizontal.erase { $0.length >= 2.2 * height }
    var vertical = LineDetector(in: horizontal.ink.transposed, height: height, threshold: threshold)
    // The side of a box may be as short as a digit is high if it connects two horizontal lines.
    vertical.erase { side in
      side.length >= 2.2 * height
        || side.length >= 0.9 * height
          && [side.start, side.end].allSatisfy { end in
            horizontalLines.contains { $0.length >= 2.2 * height && $0.meets(column: side.place(at: end), row: end) }
          }
    }
    return vertical.ink.transposed
  }
}

/// Detects and erases the nearly horizontal lines of a picture.
private struct LineDetector {
  struct Line {
    /// The first column, and the column after the last.
    let start: Double
    let end: Double
    /// The row of the line's middle at column 0, and the slope in rows per column.
    let row: Double
    let slope: Double
    /// The thickness in pixels.
    let thickness: Double

    var length: Double { end - start }
    /// The row of the line's middle at a column.
    func place(at column: Double) -> Double { row + slope * column }

    /// Whether the line passes through a point, within some pixels.
    func meets(column: Double, row: Double) -> Bool {
      let slack = 2 + thickness
      return start - slack <= column && column <= end + slack && abs(place(at: column) - row) <= slack + 1
    }
  }

  private(set) var ink: GreyPicture
  private(set) var lines: [Line] = []
  private let threshold: Float

  init(in ink: GreyPicture, height: Double, threshold: Float) {
    (self.ink, self.threshold) = (ink, threshold)
    let maximumThickness = max(2, height / 5)
    // Runs long enough to be part of a line are clustered with runs that continue them.
    let minimumLength = max(5, Int(0.3 * height))
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
        if column - start >= minimumLength { clusters.add(row: row, columns: start..<column) }
      }
    }
    lines = clusters.all.compactMap { Self.line(through: $0, maximumThickness: maximumThickness, height: height) }
  }

  /// The line that runs form; nil if they don't lie on a straight, thin line.
  private static func line(through runs: [RunClusters.Run], maximumThickness: Double, height: Double) -> Line? {
    let (start, end) = (runs.map(\.columns.lowerBound).min()!, runs.map(\.columns.upperBound).max()!)
    guard Double(end - start) >= 0.8 * height, Double(end - start) >= 6 else { return nil }
    // Linear least squares over all pixels of the runs.
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
    guard thickness <= maximumThickness, thickness >= 0.5 else { return nil }
    let squaredResiduals = runs.reduce(0.0) { sum, run in
      let off = Double(run.row) - row - slope * (Double(run.columns.lowerBound + run.columns.upperBound - 1) / 2)
      return sum + Double(run.columns.count) * off * off
    }
    guard (squaredResiduals / count).squareRoot() <= max(1, thickness / 2) else { return nil }
    return Line(start: Double(start), end: Double(end), row: row, slope: slope, thickness: thickness)
  }

  /// Erases the lines that satisfy `condition`.
  mutating func erase(where condition: (Line) -> Bool) {
    for line in lines where condition(line) {
      let reach = line.thickness / 2 + 1.5
      for column in max(0, Int(line.start) - 1)..<min(ink.width, Int(line.end) + 1) {
        let centre = line.place(at: Double(column))
        let rows =
          max(0, Int((centre - reach).rounded()))...max(0, min(ink.height - 1, Int((centre + reach).rounded())))
        guard rows.lowerBound < ink.height, let inked = rows.first(where: { ink[column, $0] > threshold }) else {
          continue
        }
        var (top, bottom) = (inked, inked)
        while top > 0, ink[column, top - 1] > threshold { top -= 1 }
        while bottom + 1 < ink.height, ink[column, bottom + 1] > threshold { bottom += 1 }
        guard Double(bottom - top + 1) <= line.thickness + 2.5 else { continue }
        // The soft edges are erased, too.
        for row in max(0, top - 1)...min(ink.height - 1, bottom + 1) { ink.values[row * ink.width + column] = 0 }
      }
    }
  }
}

/// Clusters of horizontal runs of ink that continue each other, end to end or one above the other.
private struct RunClusters {
  struct Run {
    let row: Int
    let columns: Range<Int>
  }

  /// The maximum number of columns between the end of a run and the start of its continuation.
  private let reach: Int
  private var runs: [Run] = []
  private var sets = DisjointSets()
  /// The indices of the runs of the current and the previous row.
  private var recent: [Int] = []

  init(reach: Int) {
    self.reach = reach
  }

  /// Adds a run. Runs are added row by row from the top.
  mutating func add(row: Int, columns: Range<Int>) {
    recent.removeAll { runs[$0].row < row - 1 }
    let number = sets.add()
    runs.append(Run(row: row, columns: columns))
    for other in recent
    where runs[other].columns.lowerBound <= columns.upperBound + reach
      && columns.lowerBound <= runs[other].columns.upperBound + reach
    {
      sets.unite(number, other)
    }
    recent.append(number)
  }

  /// The runs of each cluster.
  var all: [[Run]] {
    var sets = sets
    return sets.allSets().map { $0.map { runs[$0] } }
  }
}

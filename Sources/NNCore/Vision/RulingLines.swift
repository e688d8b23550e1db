/// Removes the ruling lines of lined or squared paper. They run from border to border, and they are several or thinner
/// than the strokes. Strokes that cross them are kept.
enum RulingLines {
  /// The ink without ruling lines.
  static func removed(from ink: GreyPicture) -> GreyPicture {
    guard touchesOppositeBorders(ink) else { return ink }
    let turned = ink.transposed
    let (down, across) = (traces(in: ink), traces(in: turned))
    guard !(down.isEmpty && across.isEmpty) else { return ink }
    var rest = ink
    rest.erase(down)
    rest = rest.transposed
    rest.erase(across)
    rest = rest.transposed
    // Several parallel lines are ruling lines. A single one may be a stroke unless the remaining strokes are thicker.
    if max(down.count, across.count) < 2 {
      let thickness = (down + across).map(\.thickness).max() ?? 0
      guard thickness < 0.6 * StrokeWidth.measured(rest) else { return ink }
    }
    let (all, left) = (ink.values.reduce(0, +), rest.values.reduce(0, +))
    return left > 0.02 * all ? rest : ink
  }

  /// Pixels with more ink belong to lines and strokes.
  fileprivate static let threshold: Float = 0.2

  private static func touchesOppositeBorders(_ ink: GreyPicture) -> Bool {
    func hasInk(_ places: some Sequence<Int>) -> Bool { places.contains { ink.values[$0] > threshold } }
    let (width, count) = (ink.width, ink.values.count)
    return hasInk(0..<width) && hasInk(count - width..<count)
      || hasInk(stride(from: 0, to: count, by: width)) && hasInk(stride(from: width - 1, to: count, by: width))
  }

  /// A line that was followed from the first row to the last: a short run of ink in most rows.
  struct Trace {
    fileprivate(set) var runs: [(row: Int, columns: Range<Int>)] = []
    /// The mean length of the runs in pixels.
    var thickness: Float { Float(runs.reduce(0) { $0 + $1.columns.count }) / Float(max(runs.count, 1)) }
  }

  /// The lines that run from the top to the bottom of the picture.
  static func traces(in ink: GreyPicture) -> [Trace] {
    let maximumThickness = max(2, min(ink.width, ink.height) / 40)
    let rows = (0..<ink.height).map { runs(of: ink, row: $0) }
    var traces: [Trace] = []
    for run in rows[0] where run.count <= maximumThickness {
      if let trace = follow(run, through: rows) { traces.append(trace) }
    }
    return traces
  }

  /// The runs of ink in a row.
  private static func runs(of ink: GreyPicture, row: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    let offset = row * ink.width
    for column in 0...ink.width {
      let isInk = column < ink.width && ink.values[offset + column] > threshold
      if isInk, start == nil { start = column }
      if !isInk, let first = start {
        runs.append(first..<column)
        start = nil
      }
    }
    return runs
  }

  /// Follows a line from its run in the first row, across strokes and small gaps; nil if it ends before the last row.
  private static func follow(_ first: Range<Int>, through rows: [[Range<Int>]]) -> Trace? {
    func middle(_ run: Range<Int>) -> Double { Double(run.lowerBound + run.upperBound) / 2 }
    var trace = Trace()
    trace.runs.append((0, first))
    var (thickness, position, slope) = (Double(first.count), middle(first), 0.0)
    var (gap, gaps, crossings) = (0, 0, 0)
    let maximumGap = max(2, rows.count / 30)
    for row in 1..<rows.count {
      position += slope
      let reach = max(1, thickness / 2)
      guard
        let run = rows[row].first(where: {
          Double($0.lowerBound) <= position + reach && Double($0.upperBound) >= position - reach
        })
      else {
        (gap, gaps) = (gap + 1, gaps + 1)
        guard gap <= maximumGap, gaps <= rows.count / 5 else { return nil }
        continue
      }
      gap = 0
      guard Double(run.count) <= 1.5 * thickness + 1 else {
        crossings += 1
        guard crossings <= rows.count * 4 / 5 else { return nil }
        continue
      }
      trace.runs.append((row, run))
      thickness += (Double(run.count) - thickness) / 20
      // Lines are straight: the slope is measured over the last 60 runs.
      if trace.runs.count > 10 {
        let (then, now) = (trace.runs[max(0, trace.runs.count - 60)], trace.runs[trace.runs.count - 1])
        slope = (middle(now.columns) - middle(then.columns)) / Double(now.row - then.row)
      }
      position += (middle(run) - position) / 2
    }
    return abs(slope) < 0.3 && 8 * trace.runs.count > rows.count ? trace : nil
  }
}

extension GreyPicture {
  /// Erases lines including their soft edges.
  fileprivate mutating func erase(_ traces: [RulingLines.Trace]) {
    for trace in traces {
      for (row, columns) in trace.runs {
        for column in max(columns.lowerBound - 1, 0)..<min(columns.upperBound + 1, width) {
          values[row * width + column] = 0
        }
      }
    }
  }
}

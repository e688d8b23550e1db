/// Where the last columns of a sample of a table's lines are zeros with a single 1.
struct CSVOneHotSample {
  private var count = 0
  /// How far from the end of its line each last 1 is, from 1 for the last column.
  private var distances: Set<Int> = []
  /// How many of the last columns hold no more than that 1 in every line; 0 if a line does not end in a 1 and zeros.
  private var limit = Int.max

  /// The fields of a line that are not 0.
  struct Line {
    private var columns = 0
    private var last: Int?
    private var lastIsOne = false
    private var before: Int?

    mutating func append(_ value: Double?) {
      if value != 0 { (before, last, lastIsOne) = (last, columns, value == 1) }
      columns += 1
    }

    fileprivate var distance: Int? { lastIsOne ? last.map { columns - $0 } : nil }
    fileprivate var limit: Int { columns - (before ?? -1) - 1 }
  }

  mutating func append(_ line: Line) {
    count += 1
    if let distance = line.distance {
      distances.insert(distance)
      limit = min(limit, line.limit)
    } else {
      limit = 0
    }
  }

  /// The columns of a table of `columns` columns whose place of the 1 tells the label; nil if there are none.
  func oneHotColumns(of columns: Int) -> Range<Int>? {
    guard let most = distances.max(), most <= limit else { return nil }
    // Ten classes, after a square picture, even if some of them do not occur.
    if most <= 10, limit >= 10, columns >= 26, isSquare(columns - 10), !isSquare(columns - 1) {
      return columns - 10..<columns
    }
    // Else each class occurs, so that the farthest 1 tells how many there are.
    guard count >= 10, most >= 2, distances.count == most, most == 10 || isSquare(columns - most) else { return nil }
    return columns - most..<columns
  }

  private func isSquare(_ width: Int) -> Bool { width > 0 && PictureShape.side(of: width) != nil }
}

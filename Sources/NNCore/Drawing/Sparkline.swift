/// A curve in one line of text, as wide as the whole of what it tells of, that grows as work goes on: ▇▅▄▂▂▁▁.
package struct Sparkline {
  /// The means of the values so far, by place; nil where there was none.
  private var columns: [(sum: Double, count: Int)]

  package init(width: Int) {
    columns = Array(repeating: (0, 0), count: max(width, 1))
  }

  /// Adds the value of step `step`, from 1, of `total`.
  package mutating func add(_ value: Double, at step: Int, of total: Int) {
    guard value.isFinite else { return }
    let place = min(max((step - 1) * columns.count / max(total, 1), 0), columns.count - 1)
    columns[place].sum += value
    columns[place].count += 1
  }

  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// The curve up to its last value, from the least to the greatest; by their logarithms if all are above 0, so that
  /// small ones differ too.
  package var text: String {
    let means = columns.map { $0.count == 0 ? nil : $0.sum / Double($0.count) }
    let known = means.compactMap { $0 }
    guard let last = means.lastIndex(where: { $0 != nil }), var least = known.min(), var greatest = known.max() else {
      return ""
    }
    let isLogarithmic = least > 0
    func height(_ value: Double) -> Double { isLogarithmic ? log(value) : value }
    (least, greatest) = (height(least), height(greatest))
    return String(
      means[...last].map { mean -> Character in
        guard let mean else { return " " }
        let share = greatest > least ? (height(mean) - least) / (greatest - least) : 0
        return Self.blocks[Int((share * Double(Self.blocks.count - 1)).rounded())]
      })
  }
}

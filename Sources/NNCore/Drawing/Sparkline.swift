/// A curve in one line of text that grows from left to right as work proceeds: ▇▅▄▂▂▁▁.
package struct Sparkline {
  /// The sum and number of the values in each column.
  private var columns: [(sum: Double, count: Int)]

  /// - Parameter width: the number of columns for all steps.
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

  /// The curve up to its last value, scaled from the minimum to the maximum of the columns' means. The scale is
  /// logarithmic if all means are positive, so that small values differ visibly, too.
  package var text: String {
    let means = columns.map { $0.count == 0 ? nil : $0.sum / Double($0.count) }
    let known = means.compactMap { $0 }
    guard let last = means.lastIndex(where: { $0 != nil }), var minimum = known.min(), var maximum = known.max() else {
      return ""
    }
    let isLogarithmic = minimum > 0
    func height(_ value: Double) -> Double { isLogarithmic ? log(value) : value }
    (minimum, maximum) = (height(minimum), height(maximum))
    return String(
      means[...last].map { mean -> Character in
        guard let mean else { return " " }
        let share = maximum > minimum ? (height(mean) - minimum) / (maximum - minimum) : 0
        return Self.blocks[Int((share * Double(Self.blocks.count - 1)).rounded())]
      })
  }
}

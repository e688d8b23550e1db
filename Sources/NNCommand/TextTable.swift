/// A table for a person at a terminal: the first column to the left, all others to the right.
package struct TextTable {
  private let rows: [[String]]

  private static let gap = 2

  /// - Parameter rows: rows of equally many cells; a row without cells is an empty line.
  package init(_ rows: [[String]]) {
    self.rows = rows.map { $0.map(\.withoutControls) }
  }

  /// The lines of the table. If it is wider than `width`, the columns that are too many follow below, after an empty
  /// line, beside the first column again.
  package func lines(width: Int) -> [String] {
    let widths = rows.reduce(into: [Int]()) { widths, row in
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.terminalColumns)
      }
    }
    return blocks(of: widths, width: width).map { columns in
      rows.map { row in row.isEmpty ? "" : line(row, columns, widths) }
    }.joined(separator: [""]).map { $0 }
  }

  /// The columns to print below each other: as many as fit, but at least one beside the first.
  private func blocks(of widths: [Int], width: Int) -> [[Int]] {
    guard let first = widths.first else { return [] }
    var blocks: [[Int]] = [[0]]
    var used = first
    for column in widths.indices.dropFirst() {
      let needed = Self.gap + widths[column]
      if used + needed > width, blocks[blocks.count - 1].count > 1 {
        blocks.append([0])
        used = first
      }
      blocks[blocks.count - 1].append(column)
      used += needed
    }
    return blocks
  }

  private func line(_ row: [String], _ columns: [Int], _ widths: [Int]) -> String {
    let cells = columns.map { column in
      let space = String(repeating: " ", count: widths[column] - row[column].terminalColumns)
      return column == 0 ? row[column] + space : space + row[column]
    }
    let text = cells.joined(separator: String(repeating: " ", count: Self.gap))
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}

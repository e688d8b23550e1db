/// A rectangle of whole pixels in a picture, upper left first.
package struct PixelBox: Sendable, Equatable {
  package var columns: Range<Int>
  package var rows: Range<Int>

  package init(columns: Range<Int>, rows: Range<Int>) {
    (self.columns, self.rows) = (columns, rows)
  }

  package var x: Int { columns.lowerBound }
  package var y: Int { rows.lowerBound }
  package var width: Int { columns.count }
  package var height: Int { rows.count }

  var middleX: Double { Double(columns.lowerBound + columns.upperBound) / 2 }
  var middleY: Double { Double(rows.lowerBound + rows.upperBound) / 2 }

  /// The smallest box around both.
  func union(_ other: PixelBox) -> PixelBox {
    PixelBox(
      columns: min(x, other.x)..<max(columns.upperBound, other.columns.upperBound),
      rows: min(y, other.y)..<max(rows.upperBound, other.rows.upperBound))
  }

  func contains(_ other: PixelBox) -> Bool {
    x <= other.x && other.columns.upperBound <= columns.upperBound && y <= other.y
      && other.rows.upperBound <= rows.upperBound
  }

  /// Pixels between the two from side to side; below 0 where they share columns, by how many.
  func gapAcross(to other: PixelBox) -> Int {
    max(x, other.x) - min(columns.upperBound, other.columns.upperBound)
  }

  /// Pixels between the two from top to bottom; below 0 where they share rows, by how many.
  func gapDown(to other: PixelBox) -> Int {
    max(y, other.y) - min(rows.upperBound, other.rows.upperBound)
  }
}

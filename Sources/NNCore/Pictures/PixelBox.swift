/// A bounding box in whole pixels; columns and rows count from the upper left corner of the picture.
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

  /// The smallest box that contains both boxes.
  func union(_ other: PixelBox) -> PixelBox {
    PixelBox(
      columns: min(x, other.x)..<max(columns.upperBound, other.columns.upperBound),
      rows: min(y, other.y)..<max(rows.upperBound, other.rows.upperBound))
  }

  /// Whether the whole of `other` is within the box.
  func contains(_ other: PixelBox) -> Bool {
    x <= other.x && other.columns.upperBound <= columns.upperBound && y <= other.y
      && other.rows.upperBound <= rows.upperBound
  }

  /// The number of columns between the two boxes; the negative number of shared columns if they overlap horizontally.
  func gapAcross(to other: PixelBox) -> Int {
    max(x, other.x) - min(columns.upperBound, other.columns.upperBound)
  }

  /// The number of rows between the two boxes; the negative number of shared rows if they overlap vertically.
  func gapDown(to other: PixelBox) -> Int {
    max(y, other.y) - min(rows.upperBound, other.rows.upperBound)
  }
}

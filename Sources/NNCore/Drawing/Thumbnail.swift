/// A grey picture, shrunk if it is larger than a given size.
package struct Thumbnail: Sendable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt8]

  /// - Parameters:
  ///   - pixels: `rows` × `columns`, row by row.
  ///   - side: the maximum width and height.
  package init(_ pixels: [UInt8], rows: Int, columns: Int, side: Int) {
    (width, height) = Self.size(rows: rows, columns: columns, side: side)
    if (width, height) == (columns, rows) {
      self.pixels = pixels
    } else {
      self.pixels =
        GreyPicture(width: columns, height: rows, values: pixels.map { Float($0) / 255 })
        .resized(width: width, height: height).pixels
    }
  }

  /// The size of a thumbnail of a picture.
  static func size(rows: Int, columns: Int, side: Int) -> (width: Int, height: Int) {
    let factor = min(1, Double(side) / Double(max(rows, columns, 1)))
    return (max(1, Int((Double(columns) * factor).rounded())), max(1, Int((Double(rows) * factor).rounded())))
  }
}

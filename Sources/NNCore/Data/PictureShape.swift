/// Rows and columns of a picture.
package struct PictureShape: Sendable, Equatable, CustomStringConvertible {
  package let rows: Int
  package let columns: Int

  package init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
  }

  /// Parses `RxC`, both of 1 to 65535; nil for any other text.
  package init?(_ text: String) {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let rows = sides[0], let columns = sides[1], (1...65535).contains(rows),
      (1...65535).contains(columns)
    else { return nil }
    self.init(rows: rows, columns: columns)
  }

  /// The shape of square pictures of `count` pixels; nil if `count` is not a square number.
  init?(square count: Int) {
    guard let side = Self.side(of: count) else { return nil }
    self.init(rows: side, columns: side)
  }

  package var description: String { "\(rows)x\(columns)" }
  var count: Int { rows * columns }

  /// The side of a square of `width` pixels; nil if `width` is not a square number.
  static func side(of width: Int) -> Int? {
    let side = Int(Double(width).squareRoot())
    return side * side == width ? side : nil
  }

  /// - Throws: `FileError` of kind `badData` unless this shape has `width` pixels.
  func check(width: Int, file: String) throws {
    guard width == count else {
      throw FileError(
        .badData, file: file, "has examples of \(width) numbers",
        remedy: .changeShape(shape: description, count: count))
    }
  }
}

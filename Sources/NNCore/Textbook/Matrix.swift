/// A matrix of `Double`, stored row by row. In the course a column is an example.
package struct Matrix: Equatable, Sendable {
  package let rows: Int
  package let columns: Int
  /// The elements, row after row.
  package var elements: [Double]

  /// A matrix filled with `value`.
  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    (self.rows, self.columns) = (rows, columns)
    elements = Array(repeating: value, count: rows * columns)
  }

  /// - Precondition: `elements` holds `rows` × `columns` numbers.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "\(elements.count) elements for \(rows) × \(columns)")
    (self.rows, self.columns, self.elements) = (rows, columns, elements)
  }

  /// - Precondition: the rows are of one length.
  package init(_ rows: [[Double]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }

  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The matrix with `transform` applied to each element.
  package func map(_ transform: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: elements.map(transform))
  }

  /// The matrix of `combine(self[i, j], other[i, j])`.
  ///
  /// - Precondition: both are of one shape.
  package func zip(_ other: Matrix, _ combine: (Double, Double) -> Double) -> Matrix {
    precondition(rows == other.rows && columns == other.columns)
    return Matrix(rows: rows, columns: columns, elements: Swift.zip(elements, other.elements).map(combine))
  }

  /// The sum of each row: `np.sum(self, axis=1)`.
  package var rowSums: [Double] {
    (0..<rows).map { elements[$0 * columns..<($0 + 1) * columns].reduce(0, +) }
  }

  /// The matrix product.
  ///
  /// - Precondition: `left.columns == right.rows`.
  /// - Complexity: O(`left.rows` · `left.columns` · `right.columns`).
  package static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "\(left.rows) × \(left.columns) times \(right.rows) × \(right.columns)")
    var product = Matrix(rows: left.rows, columns: right.columns)
    let width = right.columns
    // The order i, k, j walks all three matrices along their rows.
    var sums = product.elements.mutableSpan
    let factors = right.elements.span
    for i in 0..<left.rows {
      for k in 0..<left.columns {
        let factor = left[i, k]
        for j in 0..<width { sums[i * width + j] += factor * factors[k * width + j] }
      }
    }
    return product
  }
}

/// `compute_loss`: the cross-entropy −1/m · Σ Y · log HL over the m columns.
///
/// - Parameters:
///   - HL: classes × examples, the network's answer.
///   - Y: classes × examples, one-hot columns.
package func computeLoss(_ HL: Matrix, _ Y: Matrix) -> Double {
  // Where Y is 0 the term is 0, even if log HL isn't finite.
  let sum = Swift.zip(HL.elements, Y.elements).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.1 * log($1.0) }
  return -sum / Double(HL.columns)
}

/// One-hot columns: 1 in the row of each label.
///
/// - Precondition: every label is below `classes`.
package func oneHot(_ labels: [Int], classes: Int) -> Matrix {
  var Y = Matrix(rows: classes, columns: labels.count)
  for (column, label) in labels.enumerated() { Y[label, column] = 1 }
  return Y
}

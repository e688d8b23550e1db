// Each takes the pre-activations Z (units × examples) and gives (H, memory): H of the same shape, and the Z that the
// backward pass needs.

/// σ(z) = 1 / (1 + e⁻ᶻ), element by element.
package func sigmoid(_ Z: Matrix) -> (H: Matrix, memory: Matrix) {
  (Z.map { 1 / (1 + exp(-$0)) }, Z)
}

/// max(0, z), element by element.
package func relu(_ Z: Matrix) -> (H: Matrix, memory: Matrix) {
  (Z.map { max(0, $0) }, Z)
}

/// e^zᵢ / Σⱼ e^zⱼ down each column. The column's maximum is taken off first, which changes nothing but overflow.
package func softmax(_ Z: Matrix) -> (H: Matrix, memory: Matrix) {
  var H = Z
  for column in 0..<Z.columns {
    let values = (0..<Z.rows).map { Z[$0, column] }
    let largest = values.max() ?? 0
    let powers = values.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    for row in 0..<Z.rows { H[row, column] = powers[row] / sum }
  }
  return (H, Z)
}

/// dZ = dH · σ(Z) · (1 − σ(Z)), where `memory` is Z. All are units × examples.
package func sigmoidBackward(_ dH: Matrix, memory: Matrix) -> Matrix {
  dH.zip(sigmoid(memory).H) { $0 * $1 * (1 - $1) }
}

/// dZ = dH where Z > 0, else 0, where `memory` is Z. All are units × examples.
package func reluBackward(_ dH: Matrix, memory: Matrix) -> Matrix {
  dH.zip(memory) { $1 > 0 ? $0 : 0 }
}

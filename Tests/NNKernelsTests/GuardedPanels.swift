import NNKernelTypes

/// A matrix in panels of sixteen columns, with guards around it.
struct GuardedPanels {
  let rows: Int
  let columns: Int
  let buffer: GuardedBuffer<Float>

  var count: Int { (columns + lanes - 1) / lanes }
  var stride: Int { rows * lanes }

  /// Random numbers in the columns that are real, zeros in the others.
  init(rows: Int, columns: Int, seed: UInt64) {
    (self.rows, self.columns) = (rows, columns)
    buffer = GuardedBuffer((columns + lanes - 1) / lanes * rows * lanes)
    var numbers = Numbers(seed: seed)
    for row in 0..<rows {
      for column in 0..<columns { self[row, column] = numbers.next() }
    }
  }

  /// As kernels read them.
  var panels: Panels { Panels(start: buffer.start, stride: stride, count: count) }
  /// As kernels write them.
  var mutablePanels: MutablePanels { MutablePanels(start: buffer.start, stride: stride, count: count) }
  /// As weights without moments.
  var parameters: ParameterPanels { ParameterPanels(weights: buffer.start, stride: stride, count: count) }

  /// As a layer whose biases are the row after the inputs' rows.
  func layer(inputs: Int, _ activation: OutputActivation) -> LayerPanels {
    LayerPanels(weights: panels, biases: buffer.start + inputs * lanes, activation: activation)
  }

  subscript(row: Int, column: Int) -> Float {
    get { buffer.start[column / lanes * stride + row * lanes + column % lanes] }
    nonmutating set { buffer.start[column / lanes * stride + row * lanes + column % lanes] = newValue }
  }

  /// Whether all beyond the last column is zero still.
  var hasCleanPadding: Bool {
    (0..<rows).allSatisfy { row in (columns..<count * lanes).allSatisfy { self[row, $0] == 0 } }
  }
}

/// The maximum difference that rounding may make between two sums of `count` products of numbers below 1.
func tolerance(_ count: Int) -> Float { 1e-6 * Float(count + 4) }

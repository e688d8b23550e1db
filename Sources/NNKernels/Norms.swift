import NNKernelTypes

extension Kernels {
  public func columnSquares(
    _ panel: UnsafePointer<Float>, plus other: UnsafePointer<Float>?, rows: Int, into sums: UnsafeMutablePointer<Float>
  ) {
    // Four sums, because each would wait for its last addition.
    var (first, second, third, fourth) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    for row in 0..<rows {
      var x = load(panel, row &* lanes)
      if let other { x += load(other, row &* lanes) }
      switch row & 3 {
      case 0: first = multiplyAdd(first, x, x)
      case 1: second = multiplyAdd(second, x, x)
      case 2: third = multiplyAdd(third, x, x)
      default: fourth = multiplyAdd(fourth, x, x)
      }
    }
    store((first + second) + (third + fourth), sums)
  }

  public func scaleColumns(
    _ weights: MutablePanels, panel: Int, rows: Int, by factors: UnsafePointer<Float>, transposed: MutablePanels?
  ) {
    let factor = load(factors)
    for row in 0..<rows {
      let place = panel &* weights.stride &+ row &* lanes
      let w = load(weights.start, place) * factor
      store(w, weights.start, place)
      if let transposed { storeTransposed(w, transposed, row: row, panel: panel) }
    }
  }
}

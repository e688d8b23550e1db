/// Turns rows of logits z into probabilities p, or into the gradient of the mean cross-entropy by the logits,
/// (p − y) / m, where y is 1 for the label and else 0. Sixteen rows go side by side, class after class.
///
/// - Parameters:
///   - logits: `rows` rows of `count`, `stride` apart.
///   - labels: the right class of each row, if it is known.
///   - answers: what is told of each row.
///   - share: 1 / m for the gradient, for which there are to be labels; nil for probabilities.
///   - targets: where the results go, `targetStride` from row to row and `panelStride` from sixteen classes to the next;
///     the logits' own place will do.
public func softmax(
  _ logits: UnsafePointer<Float>, stride: Int, rows: Int, count: Int, labels: UnsafePointer<Int32>?,
  answers: UnsafeMutablePointer<Answer>, share: Float?, targets: UnsafeMutablePointer<Float>, targetStride: Int,
  panelStride: Int
) {
  withScratch(count) { columns in
    var start = 0
    while start < rows {
      let height = min(lanes, rows &- start)
      let source = logits + start &* stride
      var greatest = Vector(repeating: -.infinity)
      var best = SIMD16<Int32>.zero
      for column in 0..<count {
        let z = gather(source + column, stride, height)
        store(z, columns, column &* lanes)
        let isGreater = z .> greatest
        greatest.replace(with: z, where: isGreater)
        best.replace(with: SIMD16(repeating: Int32(truncatingIfNeeded: column)), where: isGreater)
      }
      var sum = Vector.zero
      for column in 0..<count {
        let power = exponential(load(columns, column &* lanes) - greatest)
        sum += power
        store(power, columns, column &* lanes)
      }
      var known = SIMD16<Int32>(repeating: -1)
      for row in 0..<height {
        if let labels { known[row] = labels[start &+ row] }
        let label = Int(known[row])
        answers[start &+ row] = Answer(
          best: best[row], margin: label < 0 ? 0 : greatest[row] - source[row &* stride &+ label], sum: sum[row])
      }
      let target = targets + start &* targetStride
      let factor = Vector(repeating: share ?? 1) / sum
      for column in 0..<count {
        var p = load(columns, column &* lanes) * factor
        if let share {
          p.replace(with: p - share, where: known .== SIMD16(repeating: Int32(truncatingIfNeeded: column)))
        }
        scatter(p, target + (column / lanes) &* panelStride + column % lanes, targetStride, height)
      }
      start &+= lanes
    }
  }
}

/// A lane of each of `height` rows, `stride` apart; the last stands for those there are too few of.
@inline(__always)
private func gather(_ p: UnsafePointer<Float>, _ stride: Int, _ height: Int) -> Vector {
  if height < lanes {
    var x = Vector(repeating: p[(height &- 1) &* stride])
    for row in 0..<height { x[row] = p[row &* stride] }
    return x
  }
  let (q, r, s) = (p + 4 &* stride, p + 8 &* stride, p + 12 &* stride)
  let (b, c) = (2 &* stride, 3 &* stride)
  return Vector(
    p[0], p[stride], p[b], p[c], q[0], q[stride], q[b], q[c], r[0], r[stride], r[b], r[c], s[0], s[stride], s[b], s[c])
}

/// The lanes to `height` rows, `stride` apart.
@inline(__always)
private func scatter(_ x: Vector, _ p: UnsafeMutablePointer<Float>, _ stride: Int, _ height: Int) {
  if height == lanes {
    for row in 0..<lanes { p[row &* stride] = x[row] }
  } else {
    for row in 0..<height { p[row &* stride] = x[row] }
  }
}

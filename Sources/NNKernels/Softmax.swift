import NNKernelTypes

extension Kernels {
  // Sixteen rows go side by side, one a lane, class after class.
  public func softmax(
    _ logits: Rows, classCount: Int, labels: UnsafePointer<Int32>?, answers: UnsafeMutablePointer<Answer>,
    gradientScale: Float?, targets: SoftmaxTargets
  ) {
    withScratch(classCount) { columns in
      var start = 0
      while start < logits.count {
        let height = min(lanes, logits.count &- start)
        let source = logits.start + start &* logits.stride
        var maximum = Vector(repeating: -.infinity)
        var best = SIMD16<Int32>.zero
        for column in 0..<classCount {
          let z = gather(source + column, logits.stride, height)
          store(z, columns, column &* lanes)
          let isGreater = z .> maximum
          maximum.replace(with: z, where: isGreater)
          best.replace(with: SIMD16(repeating: Int32(truncatingIfNeeded: column)), where: isGreater)
        }
        var sum = Vector.zero
        for column in 0..<classCount {
          let power = exp(load(columns, column &* lanes) - maximum)
          sum += power
          store(power, columns, column &* lanes)
        }
        var known = SIMD16<Int32>(repeating: -1)
        for row in 0..<height {
          if let labels { known[row] = labels[start &+ row] }
          let label = Int(known[row])
          answers[start &+ row] = Answer(
            best: best[row], margin: label < 0 ? 0 : maximum[row] - source[row &* logits.stride &+ label], sum: sum[row]
          )
        }
        let target = targets.start + start &* targets.rowStride
        let factor = Vector(repeating: gradientScale ?? 1) / sum
        for column in 0..<classCount {
          var p = load(columns, column &* lanes) * factor
          if let gradientScale {
            p.replace(with: p - gradientScale, where: known .== SIMD16(repeating: Int32(truncatingIfNeeded: column)))
          }
          scatter(p, target + (column / lanes) &* targets.panelStride + column % lanes, targets.rowStride, height)
        }
        start &+= lanes
      }
    }
  }
}

/// An element of each of `height` rows, `stride` apart, as the lanes. Below sixteen rows, the last row fills the other
/// lanes.
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

/// Stores the lanes in `height` rows, `stride` apart.
@inline(__always)
private func scatter(_ x: Vector, _ p: UnsafeMutablePointer<Float>, _ stride: Int, _ height: Int) {
  if height == lanes {
    for row in 0..<lanes { p[row &* stride] = x[row] }
  } else {
    for row in 0..<height { p[row &* stride] = x[row] }
  }
}

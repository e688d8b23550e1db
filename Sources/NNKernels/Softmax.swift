/// Turns rows of logits into probabilities, in place; the padding becomes 0.
///
/// - Parameters:
///   - logits: `rows` rows, `stride` apart, of `panels` · `lanes` logits of which `count` are real.
///   - labels: the right class of each row, if it is known.
///   - answers: what is told of each row.
public func softmax(
  _ logits: UnsafeMutablePointer<Float>, stride: Int, rows: Int, count: Int, panels: Int,
  labels: UnsafePointer<Int32>?, answers: UnsafeMutablePointer<Answer>
) {
  let padding = laneNumbers .>= SIMD16(repeating: Int32(truncatingIfNeeded: count &- (panels &- 1) &* lanes))
  for index in 0..<rows {
    let row = logits + index &* stride
    let last = (panels &- 1) &* lanes
    store(load(row, last).replacing(with: -.infinity, where: padding), row, last)
    var greatest = load(row)
    for panel in 1..<max(panels, 1) {
      let x = load(row, panel &* lanes)
      greatest.replace(with: x, where: x .> greatest)
    }
    let largest = maximum(greatest)
    var answer = Answer(best: 0, margin: labels.map { largest - row[Int($0[index])] } ?? 0, sum: 0)
    var sums = Vector.zero
    // Backwards, so that the first of several equals is found last.
    for panel in (0..<panels).reversed() {
      let x = load(row, panel &* lanes)
      let places = laneNumbers.replacing(with: .max, where: x .!= largest)
      let first = places.min()
      if first != .max { answer.best = Int32(truncatingIfNeeded: panel &* lanes) &+ first }
      let power = exponential(x - largest)
      sums += power
      store(power, row, panel &* lanes)
    }
    answer.sum = total(sums)
    for panel in 0..<panels { store(load(row, panel &* lanes) / answer.sum, row, panel &* lanes) }
    answers[index] = answer
  }
}

/// The gradient of the mean cross-entropy by the logits: (p − y) · `share`, y being 1 for the label and else 0.
///
/// - Parameters:
///   - probabilities: `rows` rows, `stride` apart, of `panels` · `lanes` numbers.
///   - share: 1 / the number of examples that the mean is over.
///   - gradients: `panels` panels, a row an example, `gradientStride` apart.
public func crossEntropyGradient(
  _ probabilities: UnsafePointer<Float>, stride: Int, rows: Int, panels: Int, labels: UnsafePointer<Int32>,
  share: Float, gradients: UnsafeMutablePointer<Float>, gradientStride: Int
) {
  for index in 0..<rows {
    for panel in 0..<panels {
      let p = load(probabilities + index &* stride, panel &* lanes)
      let isLabel = laneNumbers .== SIMD16(repeating: labels[index] &- Int32(truncatingIfNeeded: panel &* lanes))
      store(p.replacing(with: p - 1, where: isLabel) * share, gradients + panel &* gradientStride, index &* lanes)
    }
  }
}

private let laneNumbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

/// The greatest of the lanes; not a number if one is not that comes first.
@inline(__always)
private func maximum(_ x: Vector) -> Float {
  var eight = x.lowHalf
  eight.replace(with: x.highHalf, where: x.highHalf .> eight)
  var four = eight.lowHalf
  four.replace(with: eight.highHalf, where: eight.highHalf .> four)
  var two = four.lowHalf
  two.replace(with: four.highHalf, where: four.highHalf .> two)
  return two.y > two.x ? two.y : two.x
}

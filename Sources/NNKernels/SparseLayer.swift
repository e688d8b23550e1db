/// The sums of quads of examples become four rows of outputs each.
private struct Outputs: SumsTarget {
  let biases: UnsafePointer<Float>
  let panelStride: Int
  let activation: OutputActivation
  let outputs: UnsafeMutablePointer<Float>
  let outputStride: Int
  let rows: Int

  @inline(__always)
  func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, list: Int, panel: Int) {
    let bias = load(biases, panel &* panelStride)
    put(first + bias, 4 &* list, panel)
    put(second + bias, 4 &* list &+ 1, panel)
    put(third + bias, 4 &* list &+ 2, panel)
    put(fourth + bias, 4 &* list &+ 3, panel)
  }

  /// The members that the last quad lacks are its last row again.
  @inline(__always)
  private func put(_ sum: Vector, _ row: Int, _ panel: Int) {
    storeActivated(sum, outputs, min(row, rows &- 1) &* outputStride &+ panel &* lanes, activation)
  }
}

/// Quads of examples forward through a layer: activation(Σ table[byte] · weights of the place + biases).
///
/// - Parameters:
///   - lists: one a quad, of the inputs that are not zero.
///   - table: what each of the 256 byte values stands for.
///   - weights: `panels` panels, a row an input.
///   - biases: one more row of theirs.
///   - outputs: `rows` rows of `panels` · `lanes` Floats, `outputStride` apart, four a quad; the last quad may have fewer,
///     the last of them again in place of those that it lacks.
public func sparseForward(
  lists: QuadRun, table: UnsafePointer<Float>, weights: UnsafePointer<Float>, biases: UnsafePointer<Float>,
  panelStride: Int, panels: Int, activation: OutputActivation, outputs: UnsafeMutablePointer<Float>, outputStride: Int,
  rows: Int
) {
  FloatQuads(lists: lists, table: table, matrix: weights, panelStride: panelStride).sum(
    panels: panels,
    to: Outputs(
      biases: biases, panelStride: panelStride, activation: activation, outputs: outputs, outputStride: outputStride,
      rows: rows))
}

/// The same with lists in pairs of inputs and weights in fixed point, which say what a byte stands for too.
///
/// - Parameters:
///   - biases: the first panel's.
///   - panelStride: from one panel's biases to the next's.
public func fixedForward(
  lists: PairRun, weights: FixedMatrix, biases: UnsafePointer<Float>, panelStride: Int, panels: Int,
  activation: OutputActivation, outputs: UnsafeMutablePointer<Float>, outputStride: Int, rows: Int
) {
  FixedPairs(pairs: lists, fixed: weights).sum(
    panels: panels,
    to: Outputs(
      biases: biases, panelStride: panelStride, activation: activation, outputs: outputs, outputStride: outputStride,
      rows: rows))
}

/// The sums of quads of inputs are the gradients by their rows of parameters.
private struct UpdatedRows: SumsTarget {
  let rows: UnsafePointer<Int32>
  let parameters: Parameters
  let rule: UpdateRule

  @inline(__always)
  func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, list: Int, panel: Int) {
    put(first, 4 &* list, panel)
    put(second, 4 &* list &+ 1, panel)
    put(third, 4 &* list &+ 2, panel)
    put(fourth, 4 &* list &+ 3, panel)
  }

  @inline(__always)
  private func put(_ sum: Vector, _ member: Int, _ panel: Int) {
    let row = Int(rows[member])
    guard row >= 0 else { return }
    _ = update(parameters, panel &* parameters.panelStride &+ row &* lanes, gradient: sum, rule)
  }
}

/// Quads of inputs' rows of weights updated by Σ table[byte] · gradients of the place, an example.
///
/// - Parameters:
///   - lists: one a quad, of the examples in which the inputs are not zero; rows of lists that aren't needed stay.
///   - rows: four a quad, the inputs, below zero for one that isn't there.
///   - gradients: `panels` panels, a row an example.
public func sparseUpdate(
  lists: QuadRun, rows: UnsafePointer<Int32>, table: UnsafePointer<Float>, gradients: UnsafePointer<Float>,
  gradientStride: Int, panels: Int, parameters: Parameters, rule: UpdateRule
) {
  FloatQuads(lists: lists, table: table, matrix: gradients, panelStride: gradientStride).sum(
    panels: panels, to: UpdatedRows(rows: rows, parameters: parameters, rule: rule))
}

/// The same with lists in pairs of examples and gradients in fixed point, which say what a byte stands for too.
public func fixedUpdate(
  lists: PairRun, rows: UnsafePointer<Int32>, gradients: FixedMatrix, panels: Int, parameters: Parameters,
  rule: UpdateRule
) {
  FixedPairs(pairs: lists, fixed: gradients).sum(
    panels: panels, to: UpdatedRows(rows: rows, parameters: parameters, rule: rule))
}

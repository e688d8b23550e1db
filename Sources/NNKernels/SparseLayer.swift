import NNKernelTypes

extension Kernels {
  public func sparseForward(_ lists: QuadRun, table: UnsafePointer<Float>, layer: LayerPanels, outputs: MutableRows) {
    let weights = layer.weights
    FloatQuads(lists: lists, table: table, matrix: weights.start, panelStride: weights.stride).sum(
      panels: weights.count,
      to: Outputs(biases: layer.biases, biasStride: weights.stride, activation: layer.activation, outputs: outputs))
  }

  public func quantizedForward(
    _ lists: PairRun, weights: QuantizedPanels, biases: Panels, activation: OutputActivation, outputs: MutableRows
  ) {
    QuantizedPairs(pairs: lists, panels: weights).sum(
      panels: biases.count,
      to: Outputs(biases: biases.start, biasStride: biases.stride, activation: activation, outputs: outputs))
  }

  public func sparseUpdate(
    _ lists: QuadRun, inputs: UnsafePointer<Int32>, table: UnsafePointer<Float>, gradients: Panels,
    parameters: ParameterPanels, rule: UpdateRule
  ) {
    FloatQuads(lists: lists, table: table, matrix: gradients.start, panelStride: gradients.stride).sum(
      panels: parameters.count, to: UpdatedRows(inputs: inputs, parameters: parameters, rule: rule))
  }

  public func quantizedUpdate(
    _ lists: PairRun, inputs: UnsafePointer<Int32>, gradients: QuantizedPanels, parameters: ParameterPanels,
    rule: UpdateRule
  ) {
    QuantizedPairs(pairs: lists, panels: gradients).sum(
      panels: parameters.count, to: UpdatedRows(inputs: inputs, parameters: parameters, rule: rule))
  }
}

/// The sums of quads of examples become four rows of outputs each.
private struct Outputs: SumsTarget {
  let biases: UnsafePointer<Float>
  let biasStride: Int
  let activation: OutputActivation
  let outputs: MutableRows

  @inline(__always)
  func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, list: Int, panel: Int) {
    let bias = load(biases, panel &* biasStride)
    put(first + bias, 4 &* list, panel)
    put(second + bias, 4 &* list &+ 1, panel)
    put(third + bias, 4 &* list &+ 2, panel)
    put(fourth + bias, 4 &* list &+ 3, panel)
  }

  /// The rows that the last quad lacks repeat its last row.
  @inline(__always)
  private func put(_ sum: Vector, _ row: Int, _ panel: Int) {
    storeActivated(
      sum, outputs.start, min(row, outputs.count &- 1) &* outputs.stride &+ panel &* lanes, activation)
  }
}

/// The sums of quads of inputs are the gradients by the inputs' rows of parameters.
private struct UpdatedRows: SumsTarget {
  /// Four a list; negative for an input that doesn't exist.
  let inputs: UnsafePointer<Int32>
  let parameters: ParameterPanels
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
    let row = Int(inputs[member])
    guard row >= 0 else { return }
    _ = update(parameters, panel &* parameters.stride &+ row &* lanes, gradient: sum, rule)
  }
}

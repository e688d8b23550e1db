/// Examples forward through a layer: activation(inputs · weights + biases).
///
/// - Parameters:
///   - inputs: `rows` rows of `inputCount` Floats, `inputStride` apart.
///   - weights: `panels` panels, a row an input.
///   - biases: one more row of theirs.
///   - outputs: `rows` rows of `panels` · `lanes` Floats, `outputStride` apart.
public func denseForward(
  inputs: UnsafePointer<Float>, inputStride: Int, inputCount: Int, rows: Int, weights: UnsafePointer<Float>,
  biases: UnsafePointer<Float>, panelStride: Int, panels: Int, activation: OutputActivation,
  outputs: UnsafeMutablePointer<Float>, outputStride: Int
) {
  ForwardProduct(
    rows: 0..<rows, panels: 0..<panels, inputs: inputs, inputStride: inputStride, innerCount: inputCount,
    right: weights, biases: biases, panelStride: panelStride, activation: activation, outputs: outputs,
    outputStride: outputStride
  ).compute()
}

private struct ForwardProduct: TiledProduct {
  let rows: Range<Int>, panels: Range<Int>
  let inputs: UnsafePointer<Float>
  let inputStride: Int, innerCount: Int
  let right: UnsafePointer<Float>, biases: UnsafePointer<Float>
  let panelStride: Int
  let activation: OutputActivation
  let outputs: UnsafeMutablePointer<Float>
  let outputStride: Int

  @inline(__always)
  func source(from start: Int, row: Int, height: Int) -> TileSource {
    TileSource(inputs + row &* inputStride + start, rowStride: inputStride, step: 1, rows: height)
  }

  @inline(__always)
  func take(_ sum: Vector, row: Int, panel: Int) {
    let z = sum + load(biases, panel &* panelStride)
    storeActivated(z, outputs, row &* outputStride &+ panel &* lanes, activation)
  }
}

/// Gradients back through a layer: (gradients · weightsᵀ) · activation′ of the layer before.
///
/// - Parameters:
///   - gradients: by this layer's `gradientCount` pre-activations, in panels, a row an example; `rows` of them from here on.
///   - transposed: the weights' transpose in panels, a row an output, as many as the gradients' panels have columns.
///   - outputs: what the layer before gave, `rows` rows, `outputStride` apart.
///   - targets: by the pre-activations of the layer before, `panels` panels, a row an example.
public func denseBackward(
  gradients: UnsafePointer<Float>, gradientStride: Int, gradientCount: Int, rows: Int,
  transposed: UnsafePointer<Float>, transposedStride: Int, panels: Int, outputs: UnsafePointer<Float>,
  outputStride: Int, activation: OutputActivation, targets: UnsafeMutablePointer<Float>, targetStride: Int
) {
  BackwardProduct(
    rows: 0..<rows, panels: 0..<panels, gradients: gradients, gradientStride: gradientStride,
    innerCount: gradientCount, right: transposed, panelStride: transposedStride, outputs: outputs,
    outputStride: outputStride, activation: activation, targets: targets, targetStride: targetStride
  ).compute()
}

private struct BackwardProduct: TiledProduct {
  let rows: Range<Int>, panels: Range<Int>
  let gradients: UnsafePointer<Float>
  let gradientStride: Int, innerCount: Int
  let right: UnsafePointer<Float>
  let panelStride: Int
  let outputs: UnsafePointer<Float>
  let outputStride: Int
  let activation: OutputActivation
  let targets: UnsafeMutablePointer<Float>
  let targetStride: Int

  /// A panel of the gradients each.
  var runLength: Int { @inline(__always) get { lanes } }

  @inline(__always)
  func source(from start: Int, row: Int, height: Int) -> TileSource {
    TileSource(gradients + start / lanes &* gradientStride + row &* lanes, rowStride: lanes, step: 1, rows: height)
  }

  @inline(__always)
  func take(_ sum: Vector, row: Int, panel: Int) {
    let output = load(outputs, row &* outputStride &+ panel &* lanes)
    store(derive(sum, output: output, activation), targets, panel &* targetStride &+ row &* lanes)
  }
}

/// A run of inputs' rows of weights updated by inputsᵀ · gradients.
///
/// - Parameters:
///   - inputs: `examples` rows, `inputStride` apart.
///   - range: the inputs whose rows are updated.
///   - gradients: `panels` panels, a row an example.
///   - parameters: from the first row on.
///   - transposed: where the new weights' transpose goes, as `denseBackward` wants it; nil if it isn't needed.
public func denseUpdate(
  inputs: UnsafePointer<Float>, inputStride: Int, range: Range<Int>, examples: Int, gradients: UnsafePointer<Float>,
  gradientStride: Int, panels: Int, parameters: Parameters, rule: UpdateRule,
  transposed: UnsafeMutablePointer<Float>?, transposedStride: Int
) {
  UpdateProduct(
    rows: range, panels: 0..<panels, inputs: inputs, inputStride: inputStride, innerCount: examples, right: gradients,
    panelStride: gradientStride, parameters: parameters, rule: rule, transposed: transposed,
    transposedStride: transposedStride
  ).compute()
}

private struct UpdateProduct: TiledProduct {
  let rows: Range<Int>, panels: Range<Int>
  let inputs: UnsafePointer<Float>
  let inputStride: Int, innerCount: Int
  let right: UnsafePointer<Float>
  let panelStride: Int
  let parameters: Parameters
  let rule: UpdateRule
  let transposed: UnsafeMutablePointer<Float>?
  let transposedStride: Int

  @inline(__always)
  func source(from start: Int, row: Int, height: Int) -> TileSource {
    TileSource(inputs + row + start &* inputStride, rowStride: 1, step: inputStride, rows: height)
  }

  @inline(__always)
  func take(_ sum: Vector, row: Int, panel: Int) {
    let w = update(parameters, panel &* parameters.panelStride &+ row &* lanes, gradient: sum, rule)
    if let transposed { storeTransposed(w, transposed, transposedStride, row: row, panel: panel) }
  }
}

@inline(__always)
private func storeTransposed(
  _ w: Vector, _ transposed: UnsafeMutablePointer<Float>, _ stride: Int, row: Int, panel: Int
) {
  let target = transposed + (row / lanes) &* stride + panel &* lanes &* lanes + row % lanes
  for lane in 0..<lanes { target[lane &* lanes] = w[lane] }
}

/// Rows of weights updated by the sum of two matrices of gradients, which then are zero.
///
/// - Parameters:
///   - sums: in panels as the parameters.
///   - range: the rows that are updated.
///   - parameters: from the first row on.
///   - transposed: where the new weights' transpose goes, as `denseBackward` wants it; nil if it isn't needed.
public func updateBySums(
  _ sums: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>), range: Range<Int>, panels: Int,
  parameters: Parameters, rule: UpdateRule, transposed: UnsafeMutablePointer<Float>?, transposedStride: Int
) {
  for panel in 0..<panels {
    for row in range {
      let place = panel &* parameters.panelStride &+ row &* lanes
      let w = update(parameters, place, gradient: load(sums.0, place) + load(sums.1, place), rule)
      store(.zero, sums.0, place)
      store(.zero, sums.1, place)
      if let transposed { storeTransposed(w, transposed, transposedStride, row: row, panel: panel) }
    }
  }
}

/// Multiplies and adds in registers alone for `rounds` · 12 · `lanes` products, which is as fast as the processor can;
/// the sum keeps the work from being left out.
public func multiplyAddPeak(rounds: Int) -> Float {
  var (left, right) = (Tile(), Tile())
  let a = Vector(repeating: 0.999_999)
  let b = Vector(repeating: 1e-6)
  for _ in 0..<rounds {
    left.r0 = multiplyAdd(b, left.r0, a)
    left.r1 = multiplyAdd(b, left.r1, a)
    left.r2 = multiplyAdd(b, left.r2, a)
    left.r3 = multiplyAdd(b, left.r3, a)
    left.r4 = multiplyAdd(b, left.r4, a)
    left.r5 = multiplyAdd(b, left.r5, a)
    #if NN_WIDE
      right.r0 = multiplyAdd(b, right.r0, a)
      right.r1 = multiplyAdd(b, right.r1, a)
      right.r2 = multiplyAdd(b, right.r2, a)
      right.r3 = multiplyAdd(b, right.r3, a)
      right.r4 = multiplyAdd(b, right.r4, a)
      right.r5 = multiplyAdd(b, right.r5, a)
    #endif
  }
  var sum: Float = 0
  for tile in [left, right] { tile.forEach(rows: tileRows) { sum += total($2) } }
  return sum
}

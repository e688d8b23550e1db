import NNKernelTypes

extension Kernels {
  public func denseForward(_ inputs: Rows, inputCount: Int, layer: LayerPanels, outputs: MutableRows) {
    ForwardProduct(inputs: inputs, innerCount: inputCount, layer: layer, outputs: outputs).compute()
  }

  public func denseBackward(
    _ gradients: Panels, outputCount: Int, transposed: Panels, previous: (outputs: Rows, activation: OutputActivation),
    targets: MutablePanels
  ) {
    BackwardProduct(
      gradients: gradients, innerCount: outputCount, transposed: transposed, outputs: previous.outputs,
      activation: previous.activation, targets: targets
    ).compute()
  }

  public func denseUpdate(
    _ inputs: Rows, range: Range<Int>, gradients: Panels, parameters: ParameterPanels, rule: UpdateRule,
    transposed: MutablePanels?
  ) {
    UpdateProduct(
      rows: range, inputs: inputs, gradients: gradients, parameters: parameters, rule: rule, transposed: transposed
    ).compute()
  }

  public func updateBySums(
    _ sums: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>), range: Range<Int>, parameters: ParameterPanels,
    rule: UpdateRule, transposed: MutablePanels?
  ) {
    for panel in 0..<parameters.count {
      for row in range {
        let place = panel &* parameters.stride &+ row &* lanes
        let sum = load(sums.0, place) + load(sums.1, place)
        let w = update(parameters, place, gradient: sum * rule.sumScale, rule)
        store(.zero, sums.0, place)
        store(.zero, sums.1, place)
        if let transposed { storeTransposed(w, transposed, row: row, panel: panel) }
      }
    }
  }
}

private struct ForwardProduct: TiledProduct {
  let inputs: Rows
  let innerCount: Int
  let layer: LayerPanels
  let outputs: MutableRows

  var rows: Range<Int> { @inline(__always) get { 0..<inputs.count } }
  var panels: Range<Int> { @inline(__always) get { 0..<layer.weights.count } }
  var right: UnsafePointer<Float> { @inline(__always) get { layer.weights.start } }
  var panelStride: Int { @inline(__always) get { layer.weights.stride } }

  @inline(__always)
  func source(from start: Int, row: Int, height: Int) -> TileSource {
    TileSource(inputs.start + row &* inputs.stride + start, rowStride: inputs.stride, step: 1, rows: height)
  }

  @inline(__always)
  func take(_ sum: Vector, row: Int, panel: Int) {
    let z = sum + load(layer.biases, panel &* panelStride)
    storeActivated(z, outputs.start, row &* outputs.stride &+ panel &* lanes, layer.activation)
  }
}

private struct BackwardProduct: TiledProduct {
  let gradients: Panels
  let innerCount: Int
  let transposed: Panels
  let outputs: Rows
  let activation: OutputActivation
  let targets: MutablePanels

  var rows: Range<Int> { @inline(__always) get { 0..<outputs.count } }
  var panels: Range<Int> { @inline(__always) get { 0..<transposed.count } }
  var right: UnsafePointer<Float> { @inline(__always) get { transposed.start } }
  var panelStride: Int { @inline(__always) get { transposed.stride } }
  /// A run is a panel of the gradients.
  var runLength: Int { @inline(__always) get { lanes } }

  @inline(__always)
  func source(from start: Int, row: Int, height: Int) -> TileSource {
    TileSource(
      gradients.start + start / lanes &* gradients.stride + row &* lanes, rowStride: lanes, step: 1, rows: height)
  }

  @inline(__always)
  func take(_ sum: Vector, row: Int, panel: Int) {
    let output = load(outputs.start, row &* outputs.stride &+ panel &* lanes)
    store(derive(sum, output: output, activation), targets.start, panel &* targets.stride &+ row &* lanes)
  }
}

private struct UpdateProduct: TiledProduct {
  let rows: Range<Int>
  let inputs: Rows
  let gradients: Panels
  let parameters: ParameterPanels
  let rule: UpdateRule
  let transposed: MutablePanels?

  var innerCount: Int { @inline(__always) get { inputs.count } }
  var panels: Range<Int> { @inline(__always) get { 0..<parameters.count } }
  var right: UnsafePointer<Float> { @inline(__always) get { gradients.start } }
  var panelStride: Int { @inline(__always) get { gradients.stride } }

  @inline(__always)
  func source(from start: Int, row: Int, height: Int) -> TileSource {
    TileSource(inputs.start + row + start &* inputs.stride, rowStride: 1, step: inputs.stride, rows: height)
  }

  @inline(__always)
  func take(_ sum: Vector, row: Int, panel: Int) {
    let w = update(parameters, panel &* parameters.stride &+ row &* lanes, gradient: sum, rule)
    if let transposed { storeTransposed(w, transposed, row: row, panel: panel) }
  }
}

@inline(__always)
func storeTransposed(_ w: Vector, _ transposed: MutablePanels, row: Int, panel: Int) {
  let target = transposed.start + (row / lanes) &* transposed.stride + panel &* lanes &* lanes + row % lanes
  for lane in 0..<lanes { target[lane &* lanes] = w[lane] }
}

import NNKernelTypes

/// Rows of Floats.
struct DenseInputs: PreparedInputs {
  private let inputs: NetworkInputs
  private let rows: DenseRows

  init(_ inputs: NetworkInputs, capacity: Int) {
    (self.inputs, rows) = (inputs, DenseRows(width: inputs.width, capacity: capacity))
  }

  mutating func prepare(_ examples: ExampleRun) {
    rows.copy(examples, of: inputs)
  }

  func forward(_ network: FastNetwork, to outputs: MutableRows) {
    let layer = network.layers[0]
    network.kernels.denseForward(
      rows.rows(0..<outputs.count), inputCount: layer.inputCount, layer: layer.forwardPanels(0..<layer.panels),
      outputs: outputs)
  }
}

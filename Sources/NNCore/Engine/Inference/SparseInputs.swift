import NNKernelTypes

/// Lists of the pixels that are not zero.
struct SparseInputs: PreparedInputs {
  private let inputs: NetworkInputs
  private let kernels: any KernelSet
  private var lists = QuadLists()

  init(_ inputs: NetworkInputs, kernels: any KernelSet) {
    (self.inputs, self.kernels) = (inputs, kernels)
  }

  mutating func prepare(_ examples: ExampleRun) {
    lists.list(examples, of: inputs, kernels: kernels)
  }

  func forward(_ network: FastNetwork, to outputs: MutableRows) {
    let layer = network.layers[0]
    kernels.sparseForward(
      lists.run(0..<lists.count), table: inputs.table.start, layer: layer.forwardPanels(0..<layer.panels),
      outputs: outputs)
  }
}

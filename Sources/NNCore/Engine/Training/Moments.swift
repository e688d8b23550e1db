/// The optimiser's memory of a layer's parameters, laid out as these: means of gradients and of their squares.
struct Moments {
  /// What momentum and Adam keep.
  let first: Buffer<Float>?
  /// What Adam keeps.
  let second: Buffer<Float>?

  /// The moments of a layer at the start of training, or from the tensors of an earlier run.
  init(
    of index: Int, in network: FastNetwork, _ method: Optimizer.Method, resuming tensors: [String: Safetensors.Tensor]
  ) {
    let layer = network.layers[index]
    let buffers = method.momentNames.map { moment in
      let buffer = Buffer<Float>(layer.weightCount)
      for part in ParameterPart.allCases {
        let values = tensors[Checkpoint.tensorName(layer: index, part, moment: moment)]?.floats ?? []
        for (place, value) in values.enumerated() { buffer.start[layer.place(of: part, place)] = value }
      }
      return buffer
    }
    (first, second) = (buffers.first, buffers.count > 1 ? buffers[1] : nil)
  }

  /// The tensors that a checkpoint keeps.
  func tensors(of index: Int, in network: FastNetwork, _ method: Optimizer.Method) -> [String: Safetensors.Tensor] {
    let layer = network.layers[index]
    var tensors: [String: Safetensors.Tensor] = [:]
    for (moment, buffer) in zip(method.momentNames, [first, second].compactMap { $0 }) {
      for part in ParameterPart.allCases {
        tensors[Checkpoint.tensorName(layer: index, part, moment: moment)] = .init(
          layer.elements(of: part, in: buffer.start),
          shape: part == .weights ? [layer.outputCount, layer.inputCount] : [layer.outputCount])
      }
    }
    return tensors
  }
}

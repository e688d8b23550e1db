import NNKernelDispatch
import NNKernelTypes

/// A network's parameters as the kernels take them, and the way of examples through its layers.
final class FastNetwork {
  let layers: [FastLayer]
  let kernels: any KernelSet
  /// Holds the layers' numbers.
  private let memory: [Buffer<Float>]

  /// - Parameter forTraining: whether gradients will go back through it.
  init(_ layers: [Layer], kernels: any KernelSet = KernelChoice.kernels, forTraining: Bool = false) {
    self.kernels = kernels
    var memory: [Buffer<Float>] = []
    func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
      memory.append(Buffer(count))
      return memory[memory.count - 1].start
    }
    self.layers = layers.enumerated().map { index, layer in
      let panels = (layer.outputCount + lanes - 1) / lanes
      let inputPanels = (layer.inputCount + lanes - 1) / lanes
      let biasRow = (layer.inputCount + tileRows - 1) / tileRows * tileRows
      let panelStride = (biasRow + 2) * lanes
      let fast = FastLayer(
        inputCount: layer.inputCount, outputCount: layer.outputCount, activation: layer.activation, panels: panels,
        biasRow: biasRow, panelStride: panelStride, weights: allocate(panels * panelStride),
        transposed: forTraining && index > 0
          ? allocate(inputPanels * FastLayer.transposedStride(panels: panels)) : nil)
      for place in layer.weights.indices {
        fast.weights[fast.place(of: .weights, place)] = layer.weights[place]
        guard let transposed = fast.transposed else { continue }
        let (output, input) = (place / layer.inputCount, place % layer.inputCount)
        transposed[input / lanes * fast.transposedStride + output * lanes + input % lanes] = layer.weights[place]
      }
      for place in layer.biases.indices { fast.weights[fast.place(of: .biases, place)] = layer.biases[place] }
      return fast
    }
    self.memory = memory
  }

  /// The index of the last layer.
  var last: Int { layers.count - 1 }
  var classCount: Int { layers[last].outputCount }

  /// The parameters as they are now.
  var exported: [Layer] {
    layers.map { layer in
      Layer(
        inputCount: layer.inputCount, outputCount: layer.outputCount, activation: layer.activation,
        weights: layer.elements(of: .weights, in: layer.weights), biases: layer.elements(of: .biases, in: layer.weights)
      )
    }
  }

  /// Takes rows of a batch through the layers after the first. The outputs of the last layer then are logits.
  ///
  /// - Parameter derivatives: where the derivatives of GELU go, if gradients will go back.
  func laterLayers(_ outputs: LayerOutputs, rows: Range<Int>, derivatives: LayerOutputs? = nil) {
    for (index, layer) in layers.enumerated().dropFirst() {
      finish(index - 1, outputs, rows: rows, derivatives: derivatives)
      kernels.denseForward(
        Rows(outputs.rows(index - 1, rows)), inputCount: layer.inputCount, layer: layer.forwardPanels(0..<layer.panels),
        outputs: outputs.rows(index, rows))
    }
  }

  /// Applies a hidden layer's activation to rows of its outputs, if that wasn't done as they were stored.
  func finish(_ index: Int, _ outputs: LayerOutputs, rows: Range<Int>, derivatives: LayerOutputs?) {
    guard layers[index].activation == .gelu else { return }
    kernels.applyGELU(
      outputs.rows(index, rows), panels: layers[index].panels, derivatives: derivatives?.rows(index, rows))
  }

  /// Turns rows of the last layer's logits into probabilities.
  ///
  /// - Parameter labels: the right classes, if they are known; from the first row on, as are `answers`.
  func softmax(
    _ outputs: LayerOutputs, rows: Range<Int>, labels: UnsafePointer<Int32>?, answers: UnsafeMutablePointer<Answer>
  ) {
    let logits = outputs.rows(last, rows)
    kernels.softmax(
      Rows(logits), classCount: classCount, labels: labels, answers: answers, gradientScale: nil,
      targets: SoftmaxTargets(start: logits.start, rowStride: logits.stride, panelStride: lanes))
  }
}

extension Answer {
  /// −log p(label), exact even where p is too small for a Float.
  var loss: Double { log(Double(sum)) + Double(margin) }
}

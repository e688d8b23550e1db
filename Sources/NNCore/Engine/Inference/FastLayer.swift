import NNKernelTypes

/// A layer's parameters as the kernels take them: input-major, in panels of `lanes` outputs.
///
/// Row i holds what input i is multiplied by, so that an input of zero costs nothing. The biases are one more row.
struct FastLayer {
  let inputCount: Int
  let outputCount: Int
  let activation: Activation
  /// Panels of the outputs.
  let panels: Int
  /// The row of the biases. The rows of the inputs before it are filled up to whole tiles, and a row of zeros follows
  /// it.
  let biasRow: Int
  /// Floats from one panel to the next.
  let panelStride: Int
  /// In memory that the network owns: a layer holds no reference to it, because threads would have to count references.
  let weights: UnsafeMutablePointer<Float>
  /// The transpose of the weights, in panels of inputs; only for training, and not of the first layer.
  let transposed: UnsafeMutablePointer<Float>?

  /// Floats of the weights and biases.
  var weightCount: Int { panels * panelStride }
  var biases: UnsafeMutablePointer<Float> { weights + biasRow * lanes }
  /// Floats from one example's outputs to the next example's: one cache line more than the outputs take, so that the
  /// rows of a batch don't all fall into the same sets of a cache.
  var outputStride: Int { (panels + 1) * lanes }
  /// Floats from one panel of the transpose to the next: two cache lines more than the panel takes, for the same
  /// reason.
  var transposedStride: Int { FastLayer.transposedStride(panels: panels) }

  static func transposedStride(panels: Int) -> Int { (panels * lanes + 2) * lanes }

  /// The activation that is applied as sums are stored. GELU comes after that, and softmax is computed with the loss.
  var outputActivation: OutputActivation {
    switch activation {
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .leakyReLU: .leakyReLU
    case .gelu: .gelu
    case .softmax: .none
    }
  }

  /// Where element `index` of the weights (outputs × inputs) or the biases is kept in the panels.
  func place(of part: ParameterPart, _ index: Int) -> Int {
    let (output, row) = part == .weights ? (index / inputCount, index % inputCount) : (index, biasRow)
    return output / lanes * panelStride + row * lanes + output % lanes
  }

  /// The elements of the weights or biases in `panels`, which are laid out as the parameters.
  func elements(of part: ParameterPart, in panels: UnsafePointer<Float>) -> [Float] {
    (0..<outputCount * (part == .weights ? inputCount : 1)).map { panels[place(of: part, $0)] }
  }

  /// Whether, for each output, at least half of the weights are no smaller than the maximum weight divided by `factor`.
  func hasEvenWeights(within factor: Float) -> Bool {
    (0..<outputCount).allSatisfy { output in
      let magnitudes = (0..<inputCount).map { abs(weights[place(of: .weights, output * inputCount + $0)]) }
      let minimum = magnitudes.max()! / factor
      return 2 * magnitudes.count { $0 >= minimum } >= inputCount
    }
  }

  /// Some panels of the layer, as the forward products take them.
  func forwardPanels(_ range: Range<Int>) -> LayerPanels {
    let start = weights + range.lowerBound * panelStride
    return LayerPanels(
      weights: Panels(start: start, stride: panelStride, count: range.count), biases: start + biasRow * lanes,
      activation: outputActivation)
  }

  /// The transpose of the weights, for the update to write and the backward product to read.
  var transposedPanels: MutablePanels? {
    transposed.map { MutablePanels(start: $0, stride: transposedStride, count: (inputCount + lanes - 1) / lanes) }
  }
}

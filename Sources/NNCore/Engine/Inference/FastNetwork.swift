import NNKernels

/// A network's parameters as the kernels want them: input-major, in panels of sixteen outputs.
///
/// Row i of a layer holds what input i is multiplied by, so that an input of zero costs nothing. The biases are one more
/// row.
final class FastNetwork {
  struct FastLayer {
    let inputCount: Int
    let outputCount: Int
    let activation: Activation
    /// The panels that the outputs take.
    let panels: Int
    /// Row of the biases. The inputs' rows before it are filled up to whole tiles; a row after it makes it a pair.
    let biasRow: Int
    /// Floats from one panel to the next.
    let panelStride: Int
    /// The network's memory: a layer has no share in it, which threads would have to count.
    let weights: UnsafeMutablePointer<Float>
    /// The weights' transpose, likewise in panels; only for training, and not of the first layer.
    let transposed: UnsafeMutablePointer<Float>?

    /// Floats of the weights and biases.
    var weightCount: Int { panels * panelStride }
    var biases: UnsafeMutablePointer<Float> { weights + biasRow * lanes }
    /// Floats from one example's outputs to the next's: one line more than they take, so that the rows of a batch don't
    /// all fall into the same sets of a cache.
    var outputStride: Int { (panels + 1) * lanes }
    /// Floats from one panel of the transpose to the next: some lines more than it has, likewise.
    var transposedStride: Int { FastLayer.transposedStride(panels: panels) }

    static func transposedStride(panels: Int) -> Int { (panels * lanes + 2) * lanes }

    /// What is applied as sums are stored; softmax comes after, with the loss.
    var outputActivation: OutputActivation {
      switch activation {
      case .relu: .relu
      case .sigmoid: .sigmoid
      case .tanh: .tanh
      case .softmax: .none
      }
    }

    /// Where element `index` of the weights (part 0, outputs × inputs) or biases (part 1) is kept in the panels.
    func place(part: Int, _ index: Int) -> Int {
      let (output, row) = part == 0 ? (index / inputCount, index % inputCount) : (index, biasRow)
      return output / lanes * panelStride + row * lanes + output % lanes
    }

    /// The elements of a part as they are in `panels`, which are shaped as the weights.
    func elements(part: Int, of panels: UnsafePointer<Float>) -> [Float] {
      (0..<outputCount * (part == 0 ? inputCount : 1)).map { panels[place(part: part, $0)] }
    }

    /// Whether of each output half of the weights or more are at least the `factor`th part of the greatest.
    func isEven(within factor: Float) -> Bool {
      (0..<outputCount).allSatisfy { output in
        let magnitudes = (0..<inputCount).map { abs(weights[place(part: 0, output * inputCount + $0)]) }
        let least = magnitudes.max()! / factor
        return 2 * magnitudes.count { $0 >= least } >= inputCount
      }
    }
  }

  let layers: [FastLayer]
  let kernels: Kernels
  /// Where the layers' numbers are.
  private let memory: [Buffer<Float>]

  /// - Parameter forTraining: whether gradients will go back through it.
  init(_ layers: [Layer], kernels: Kernels = .chosen, forTraining: Bool = false) {
    self.kernels = kernels
    var memory: [Buffer<Float>] = []
    func room(_ count: Int) -> UnsafeMutablePointer<Float> {
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
        biasRow: biasRow, panelStride: panelStride, weights: room(panels * panelStride),
        transposed: forTraining && index > 0 ? room(inputPanels * FastLayer.transposedStride(panels: panels)) : nil)
      for place in layer.weights.indices {
        fast.weights[fast.place(part: 0, place)] = layer.weights[place]
        guard let transposed = fast.transposed else { continue }
        let (output, input) = (place / layer.inputCount, place % layer.inputCount)
        transposed[input / lanes * fast.transposedStride + output * lanes + input % lanes] = layer.weights[place]
      }
      for place in layer.biases.indices { fast.weights[fast.place(part: 1, place)] = layer.biases[place] }
      return fast
    }
    self.memory = memory
  }

  /// The parameters as they are now.
  var exported: [Layer] {
    layers.map { layer in
      Layer(
        inputCount: layer.inputCount, outputCount: layer.outputCount, activation: layer.activation,
        weights: layer.elements(part: 0, of: layer.weights), biases: layer.elements(part: 1, of: layer.weights))
    }
  }

  /// Examples between those being listed and those that memory is asked for.
  private static let prefetchDistance = 4

  /// Makes a run of a batch's rows ready for the first layer: lists its quads, or copies its inputs.
  ///
  /// - Parameters:
  ///   - rows: from the first of a quad on.
  ///   - places: the examples' places in the data, by row.
  ///   - drawn: their pixels, by row, if they are not those of the data.
  ///   - lists: what they held is gone.
  func prepare(
    _ batch: Batch, rows: Range<Int>, places: UnsafePointer<Int>, drawn: UnsafePointer<UnsafePointer<UInt8>>? = nil,
    inputs: NetworkInputs, lists: inout QuadLists
  ) {
    lists.removeAll()
    guard inputs.isSparse else {
      for row in rows { inputs.copy(places[row], drawn: drawn?[row], to: batch.input(row)) }
      return
    }
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      for later in row + Self.prefetchDistance..<row + Self.prefetchDistance + 4 where later < rows.upperBound {
        inputs.prefetch(places[later])
      }
      // In place of those that the last quad lacks stands its last example.
      func pixels(_ member: Int) -> UnsafePointer<UInt8> {
        let row = min(row + member, rows.upperBound - 1)
        return drawn?[row] ?? inputs.pixels(places[row])
      }
      lists.append(upTo: inputs.width) {
        kernels.listQuad(pixels(0), pixels(1), pixels(2), pixels(3), inputs.width, $0)
      }
    }
  }

  /// Takes rows of a batch through some panels of the first layer.
  ///
  /// - Parameter lists: those of the rows, if the inputs are sparse.
  func firstLayer(_ batch: Batch, rows: Range<Int>, panels: Range<Int>, inputs: NetworkInputs, lists: QuadRun?) {
    let layer = layers[0]
    let offset = panels.lowerBound * layer.panelStride
    let (weights, biases) = (layer.weights + offset, layer.biases + offset)
    let outputs = batch.outputs(0, rows.lowerBound) + panels.lowerBound * lanes
    if let lists {
      kernels.sparseForward(
        lists, inputs.table.start, weights, biases, layer.panelStride, panels.count, layer.outputActivation, outputs,
        layer.outputStride, rows.count)
    } else {
      kernels.denseForward(
        batch.input(rows.lowerBound), batch.inputStride, layer.inputCount, rows.count, weights, biases,
        layer.panelStride, panels.count, layer.outputActivation, outputs, layer.outputStride)
    }
  }

  /// The same with the weights of these panels in fixed point.
  func firstLayer(_ batch: Batch, rows: Range<Int>, panels: Range<Int>, lists: PairRun, weights: FixedMatrix) {
    let layer = layers[0]
    kernels.fixedForward(
      lists, weights, layer.biases + panels.lowerBound * layer.panelStride, layer.panelStride, panels.count,
      layer.outputActivation, batch.outputs(0, rows.lowerBound) + panels.lowerBound * lanes, layer.outputStride,
      rows.count)
  }

  /// Takes rows of a batch, from the first of a quad on, through all layers; the last one's outputs then are logits.
  func forward(
    _ batch: Batch, rows: Range<Int>, places: UnsafePointer<Int>, inputs: NetworkInputs, lists: inout QuadLists
  ) {
    prepare(batch, rows: rows, places: places, inputs: inputs, lists: &lists)
    firstLayer(
      batch, rows: rows, panels: 0..<layers[0].panels, inputs: inputs,
      lists: inputs.isSparse ? lists.run(0..<lists.count) : nil)
    laterLayers(batch, rows: rows)
  }

  /// Takes rows of a batch through the layers after the first; the last one's outputs then are logits.
  func laterLayers(_ batch: Batch, rows: Range<Int>) {
    for (index, layer) in layers.enumerated().dropFirst() {
      kernels.denseForward(
        batch.outputs(index - 1, rows.lowerBound), layers[index - 1].outputStride, layer.inputCount, rows.count,
        layer.weights, layer.biases, layer.panelStride, layer.panels, layer.outputActivation,
        batch.outputs(index, rows.lowerBound), layer.outputStride)
    }
  }

  /// Turns rows of the last layer's logits into probabilities.
  ///
  /// - Parameter labels: the right classes, if they are known; from the first row on, as `answers` are.
  func finish(_ batch: Batch, rows: Range<Int>, labels: UnsafePointer<Int32>?, answers: UnsafeMutablePointer<Answer>) {
    let (index, last) = (layers.count - 1, layers[layers.count - 1])
    let logits = batch.outputs(index, rows.lowerBound)
    kernels.softmax(
      logits, last.outputStride, rows.count, last.outputCount, labels, answers, nil, logits, last.outputStride, lanes)
  }
}

extension Answer {
  /// −log p(label), exact even where p is too small for a Float.
  var loss: Double { log(Double(sum)) + Double(margin) }
}

/// Room for a batch on its way through a network.
final class Batch {
  let capacity: Int
  let inputStride: Int
  private let inputs: Buffer<Float>
  private let outputs: [Buffer<Float>]
  private let strides: [Int]

  init(_ network: FastNetwork, capacity: Int, isSparse: Bool) {
    self.capacity = capacity
    inputStride = (network.layers[0].inputCount + lanes - 1) / lanes * lanes + lanes
    inputs = Buffer(isSparse ? 0 : capacity * inputStride)
    strides = network.layers.map(\.outputStride)
    outputs = strides.map { Buffer(capacity * $0) }
  }

  /// The inputs of a row, where they are dense.
  func input(_ row: Int) -> UnsafeMutablePointer<Float> { inputs.start + row * inputStride }

  /// What a layer gave for a row.
  func outputs(_ layer: Int, _ row: Int) -> UnsafeMutablePointer<Float> { outputs[layer].start + row * strides[layer] }
}

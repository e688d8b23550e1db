/// Training by the functions of the textbook: in Double, with plain gradient descent.
package final class TextbookEngine: TrainingEngine {
  private let dataset: Dataset
  private let network: Network
  private let hidden: LayerActivation
  private var parameters: [LayerParameters]
  package private(set) var stepCount = 0

  /// Whether the textbook has the activations of `network`.
  package static func supports(_ network: Network) -> Bool {
    network.layers.dropLast().allSatisfy { $0.activation == network.layers[0].activation && $0.activation != .tanh }
  }

  /// - Precondition: `supports(network)`, and the data is labelled and fits.
  package init(_ network: Network, on dataset: Dataset) {
    precondition(Self.supports(network))
    (self.network, self.dataset) = (network, dataset)
    hidden = network.layers[0].activation == .sigmoid ? .sigmoid : .relu
    parameters = zip(network.layers, network.exactWeights).map { layer, weights in
      LayerParameters(
        W: Matrix(rows: layer.outputCount, columns: layer.inputCount, elements: weights),
        b: layer.biases.map(Double.init))
    }
  }

  package func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score {
    stepCount += 1
    let (X, Y) = matrices(dataset, places)
    let (HL, memories) = modelForward(X, parameters, hidden: hidden)
    let gradients = modelBackward(HL, Y, memories, hidden: hidden)
    parameters = updateParameters(parameters, gradients, learningRate: learningRate)
    return score(HL, Y)
  }

  /// Examples that are scored at a time, which bounds the memory of their matrices.
  private static let block = 4096

  package func score(_ dataset: Dataset, at places: [Int]) -> Score {
    var total = Score()
    for start in stride(from: 0, to: places.count, by: Self.block) {
      let (X, Y) = matrices(dataset, places[start..<min(start + Self.block, places.count)])
      total += score(modelForward(X, parameters, hidden: hidden).HL, Y)
    }
    return total
  }

  package var layers: [Layer] {
    zip(network.layers, parameters).map { layer, current in
      Layer(
        inputCount: layer.inputCount, outputCount: layer.outputCount, activation: layer.activation,
        weights: current.W.elements.map(Float.init), biases: current.b.map(Float.init))
    }
  }

  /// Plain gradient descent remembers nothing.
  package var optimizerTensors: [String: Safetensors.Tensor] { [:] }

  private func score(_ HL: Matrix, _ Y: Matrix) -> Score {
    var correct = 0
    for column in 0..<HL.columns {
      var best = 0
      for row in 1..<max(HL.rows, 1) where HL[row, column] > HL[best, column] { best = row }
      if Y[best, column] == 1 { correct += 1 }
    }
    return Score(count: HL.columns, correct: correct, lossSum: computeLoss(HL, Y) * Double(HL.columns))
  }

  /// X (inputs × examples) and one-hot Y of the examples at `places`.
  private func matrices(_ dataset: Dataset, _ places: ArraySlice<Int>) -> (X: Matrix, Y: Matrix) {
    var X = Matrix(rows: dataset.inputCount, columns: places.count)
    let bytes = dataset.inputs.bytes
    let table = network.scale.table
    for (column, place) in places.enumerated() {
      let start = place * dataset.inputs.stride
      for row in 0..<X.rows {
        switch dataset.inputs {
        case .pixels: X[row, column] = table[Int(bytes[start + row])]
        case .features: X[row, column] = Double(Float(bitPattern: bytes.little(start + 4 * row)))
        }
      }
    }
    let labels = places.map { Int(dataset.labels?[$0] ?? 0) }
    return (X, oneHot(labels, classes: network.classCount))
  }
}

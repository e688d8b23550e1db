/// Training by the functions of the textbook: in Double, with plain gradient descent.
package final class TextbookEngine: TrainingEngine {
  private let dataset: Dataset
  private let network: Network
  private let hidden: LayerActivation
  private var parameters: [LayerParameters]
  private let rules: TrainingRules
  /// The moving average of the parameters; nil without one.
  private var average: [LayerParameters]?
  package private(set) var stepCount: Int

  /// Whether the textbook has the activations of `network`: ReLU or sigmoid, in all hidden layers alike.
  package static func supports(_ network: Network) -> Bool {
    let hidden = Set(network.layers.dropLast().map(\.activation))
    return hidden.isEmpty || hidden == [.relu] || hidden == [.sigmoid]
  }

  /// - Parameter resumed: what an earlier run remembered, with the number of updates it had done.
  /// - Precondition: `supports(network)`, and the data is labelled and fits.
  package init(
    _ network: Network, on dataset: Dataset, rules: TrainingRules = .none,
    resuming resumed: (tensors: [String: Safetensors.Tensor], stepCount: Int) = ([:], 0)
  ) {
    precondition(Self.supports(network))
    (self.network, self.dataset, self.rules, stepCount) = (network, dataset, rules, resumed.stepCount)
    hidden = network.layers[0].activation == .sigmoid ? .sigmoid : .relu
    var current = network
    current.layers = Checkpoint.layers(network.layers, with: resumed.tensors, named: Checkpoint.current)
    parameters = Self.parameters(current)
    average = rules.average == 0 ? nil : Self.parameters(network)
  }

  private static func parameters(_ network: Network) -> [LayerParameters] {
    zip(network.layers, network.exactWeights).map { layer, weights in
      LayerParameters(
        W: Matrix(rows: layer.outputCount, columns: layer.inputCount, elements: weights),
        b: layer.biases.map(Double.init))
    }
  }

  package func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score {
    stepCount += 1
    let (X, Y) = matrices(dataset, places)
    let masks = rules.dropout.map { dropout in
      ([X.rows] + network.layers.dropLast().map(\.outputCount)).enumerated().map { layer, neurons in
        mask(dropout, layer, neurons: neurons, places)
      }
    }
    let (HL, memories) =
      masks.map { regularizedForward(X, parameters, hidden: hidden, masks: $0) }
      ?? modelForward(X, parameters, hidden: hidden)
    let labels = places.map { Int32(dataset.labels?[$0] ?? 0) }
    var gradients =
      masks != nil || rules.loss != nil
      ? regularizedBackward(
        rules.loss?.gradient(HL, labels) ?? HL.zip(Y, -), memories, hidden: hidden, masks: masks)
      : modelBackward(HL, Y, memories, hidden: hidden)
    if rules.clipNorm.isFinite { clipNorm(&gradients, rules) }
    parameters = updateParameters(parameters, gradients, learningRate: learningRate)
    if rules.maxNorm.isFinite { boundNorms(&parameters, rules) }
    if let last = average {
      average = stepCount == 1 ? parameters : updateAverage(last, parameters, decay: rules.average)
    }
    var score = score(HL, Y)
    if let loss = rules.loss { score.lossSum = loss.mean(HL, labels) * Double(score.count) }
    return score
  }

  private func mask(_ dropout: Dropout, _ layer: Int, neurons: Int, _ places: ArraySlice<Int>) -> Matrix {
    var mask = Matrix(rows: neurons, columns: places.count)
    for (column, place) in places.enumerated() {
      let key = dropout.key(place: place, step: stepCount, layer: layer)
      for row in 0..<neurons { mask[row, column] = dropout.factor(row, key: key, layer: layer) }
    }
    return mask
  }

  /// Examples that are scored at a time, which bounds the memory of their matrices.
  private static let block = 4096

  package func score(_ dataset: Dataset, at places: [Int]) -> Score {
    var total = Score()
    for start in stride(from: 0, to: places.count, by: Self.block) {
      let (X, Y) = matrices(dataset, places[start..<min(start + Self.block, places.count)])
      total += score(modelForward(X, average ?? parameters, hidden: hidden).HL, Y)
    }
    return total
  }

  package var layers: [Layer] { layers(average ?? parameters) }

  private func layers(_ parameters: [LayerParameters]) -> [Layer] {
    zip(network.layers, parameters).map { layer, current in
      Layer(
        inputCount: layer.inputCount, outputCount: layer.outputCount, activation: layer.activation,
        weights: current.W.elements.map(Float.init), biases: current.b.map(Float.init))
    }
  }

  /// Plain gradient descent remembers nothing, and an average the parameters that it is of.
  package var optimizerTensors: [String: Safetensors.Tensor] {
    average == nil ? [:] : Checkpoint.tensors(layers(parameters), named: Checkpoint.current)
  }

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

// What the course's functions need around them for regularisation, in their notation: a column is an example.

/// `modelForward` with dropout: each layer takes its inputs multiplied by its mask.
///
/// - Parameter masks: for each layer, of the shape of its inputs.
func regularizedForward(
  _ X: Matrix, _ parameters: [LayerParameters], hidden: LayerActivation, masks: [Matrix]
) -> (HL: Matrix, memories: [LayerMemory]) {
  var H = X
  var memories: [LayerMemory] = []
  for (index, layer) in parameters.enumerated() {
    let activation = index == parameters.count - 1 ? .softmax : hidden
    let (next, memory) = layerForward(H.zip(masks[index], *), W: layer.W, b: layer.b, activation: activation)
    memories.append(memory)
    H = next
  }
  return (H, memories)
}

/// `modelBackward` from the gradient dZ of the last layer, through the masks of dropout, if there are any.
func regularizedBackward(
  _ dZ: Matrix, _ memories: [LayerMemory], hidden: LayerActivation, masks: [Matrix]?
) -> [LayerGradients] {
  guard let last = memories.last else { return [] }
  var (dH, gradients) = linearBackward(dZ, last)
  var all = [gradients]
  for (index, memory) in memories.dropLast().enumerated().reversed() {
    let masked = masks.map { dH.zip($0[index + 1], *) } ?? dH
    let step = layerBackward(masked, memory: memory, activation: hidden)
    dH = step.dHprev
    gradients = LayerGradients(dW: step.dW, db: step.db)
    all.append(gradients)
  }
  return all.reversed()
}

/// Cuts the norm of all gradients together.
func clipNorm(_ gradients: inout [LayerGradients], _ rules: TrainingRules) {
  let squares = gradients.reduce(0.0) { sum, layer in
    layer.db.reduce(layer.dW.elements.reduce(sum) { $0 + $1 * $1 }) { $0 + $1 * $1 }
  }
  let factor = rules.clipFactor(norm: squares.squareRoot())
  gradients = gradients.map { layer in
    LayerGradients(dW: layer.dW.map { $0 * factor }, db: layer.db.map { $0 * factor })
  }
}

/// Cuts the norm of each neuron's incoming weights, which are a row of W.
func boundNorms(_ parameters: inout [LayerParameters], _ rules: TrainingRules) {
  for index in parameters.indices {
    for row in 0..<parameters[index].W.rows {
      let columns = 0..<parameters[index].W.columns
      let squares = columns.reduce(0.0) { $0 + parameters[index].W[row, $1] * parameters[index].W[row, $1] }
      let factor = rules.boundFactor(norm: squares.squareRoot())
      guard factor != 1 else { continue }
      for column in columns { parameters[index].W[row, column] *= factor }
    }
  }
}

/// The moving average after an update.
func updateAverage(_ average: [LayerParameters], _ parameters: [LayerParameters], decay: Double) -> [LayerParameters] {
  func mean(_ old: Double, _ new: Double) -> Double { decay * old + (1 - decay) * new }
  return zip(average, parameters).map { old, new in
    LayerParameters(W: old.W.zip(new.W, mean), b: zip(old.b, new.b).map(mean))
  }
}

extension TrainingLoss {
  /// dZ of the last layer for the loss of the batch, times the number of examples, by which `linearBackward` divides.
  func gradient(_ HL: Matrix, _ labels: [Int32]) -> Matrix {
    var dZ = HL
    let factor = Double(HL.columns) / total(labels)
    for column in 0..<HL.columns {
      let label = Int(labels[column])
      for row in 0..<HL.rows {
        dZ[row, column] = factor * (scale(label: label) * HL[row, column] - target(row, label: label))
      }
    }
    return dZ
  }

  /// The loss of the batch.
  func mean(_ HL: Matrix, _ labels: [Int32]) -> Double {
    let sum = (0..<HL.columns).reduce(0.0) { sum, column in
      sum + value(label: Int(labels[column])) { -log(HL[$0, column]) }
    }
    return sum / total(labels)
  }
}

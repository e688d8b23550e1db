/// `initialize_parameters`: W = `deviation` · randn, b = 0, for each layer in order from one stream.
///
/// - Parameter dimensions: inputs, hidden units…, classes.
package func initializeParameters(_ dimensions: [Int], seed: UInt32 = 2, deviation: Double = 0.1) -> [LayerParameters] {
  var random = RandomState(seed: seed)
  return Swift.zip(dimensions, dimensions.dropFirst()).map { inputs, units in
    let W = Matrix(rows: units, columns: inputs, elements: random.randn(units * inputs).map { deviation * $0 })
    return LayerParameters(W: W, b: Array(repeating: 0, count: units))
  }
}

/// `layer_forward`: Z = W · Hprev + b, H = activation(Z).
///
/// - Parameters:
///   - Hprev: inputs × examples.
///   - W: units × inputs.
///   - b: one a unit.
/// - Returns: H, units × examples, and what `layerBackward` needs.
package func layerForward(
  _ Hprev: Matrix, W: Matrix, b: [Double], activation: LayerActivation
) -> (H: Matrix, memory: LayerMemory) {
  var Z = W * Hprev
  for row in 0..<Z.rows {
    for column in 0..<Z.columns { Z[row, column] += b[row] }
  }
  let H =
    switch activation {
    case .relu: relu(Z).H
    case .sigmoid: sigmoid(Z).H
    case .softmax: softmax(Z).H
    }
  return (H, LayerMemory(Hprev: Hprev, W: W, b: b, Z: Z))
}

/// `L_layer_forward`: all layers in order, `hidden` in all but the last, softmax in the last.
///
/// - Parameter X: inputs × examples.
/// - Returns: HL, classes × examples, each column a distribution; and the memory of each layer.
package func modelForward(
  _ X: Matrix, _ parameters: [LayerParameters], hidden: LayerActivation = .relu
) -> (HL: Matrix, memories: [LayerMemory]) {
  var H = X
  var memories: [LayerMemory] = []
  for (index, layer) in parameters.enumerated() {
    let activation = index == parameters.count - 1 ? .softmax : hidden
    let (next, memory) = layerForward(H, W: layer.W, b: layer.b, activation: activation)
    memories.append(memory)
    H = next
  }
  return (H, memories)
}

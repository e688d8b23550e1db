/// The linear part of `layer_backward`: with m examples, dW = dZ · Hprevᵀ / m, db = Σ dZ / m, dHprev = Wᵀ · dZ.
package func linearBackward(_ dZ: Matrix, _ memory: LayerMemory) -> (dHprev: Matrix, gradients: LayerGradients) {
  let m = Double(dZ.columns)
  let dW = (dZ * memory.Hprev.transposed).map { $0 / m }
  let db = dZ.rowSums.map { $0 / m }
  return (memory.W.transposed * dZ, LayerGradients(dW: dW, db: db))
}

/// `layer_backward`: from dH (units × examples) through the activation and the linear part.
///
/// - Precondition: `activation` isn't softmax, whose gradient `modelBackward` takes together with the loss's.
/// - Returns: dHprev (inputs × examples), and the gradients dW and db.
package func layerBackward(
  _ dH: Matrix, memory: LayerMemory, activation: LayerActivation
) -> (dHprev: Matrix, dW: Matrix, db: [Double]) {
  let dZ: Matrix
  switch activation {
  case .relu: dZ = reluBackward(dH, memory: memory.Z)
  case .sigmoid: dZ = sigmoidBackward(dH, memory: memory.Z)
  case .softmax: preconditionFailure("softmax goes backward with its loss")
  }
  let (dHprev, gradients) = linearBackward(dZ, memory)
  return (dHprev, gradients.dW, gradients.db)
}

/// `L_layer_backward`: the gradients of every layer, first to last.
///
/// Softmax and cross-entropy together have dZ = HL − Y in the last layer.
///
/// - Parameters:
///   - HL: classes × examples, the network's answer.
///   - Y: classes × examples, one-hot columns.
package func modelBackward(
  _ HL: Matrix, _ Y: Matrix, _ memories: [LayerMemory], hidden: LayerActivation = .relu
) -> [LayerGradients] {
  guard let last = memories.last else { return [] }
  var (dH, gradients) = linearBackward(HL.zip(Y, -), last)
  var all = [gradients]
  for memory in memories.dropLast().reversed() {
    let step = layerBackward(dH, memory: memory, activation: hidden)
    dH = step.dHprev
    gradients = LayerGradients(dW: step.dW, db: step.db)
    all.append(gradients)
  }
  return all.reversed()
}

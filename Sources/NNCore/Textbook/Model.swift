/// `update_parameters`: W ← W − η dW, b ← b − η db.
package func updateParameters(
  _ parameters: [LayerParameters], _ gradients: [LayerGradients], learningRate: Double
) -> [LayerParameters] {
  Swift.zip(parameters, gradients).map { layer, gradient in
    LayerParameters(
      W: layer.W.zip(gradient.dW) { $0 - learningRate * $1 },
      b: Swift.zip(layer.b, gradient.db).map { $0 - learningRate * $1 })
  }
}

/// `L_layer_model`: gradient descent on the whole of X, from `initializeParameters(dimensions)`.
///
/// - Parameters:
///   - X: inputs × examples.
///   - Y: classes × examples, one-hot columns.
///   - report: called before each update with the iteration, from 0, and the loss of the parameters then.
package func trainModel(
  _ X: Matrix, _ Y: Matrix, dimensions: [Int], learningRate: Double = 0.0075, iterations: Int = 2000, seed: UInt32 = 2,
  hidden: LayerActivation = .relu, report: (_ iteration: Int, _ loss: Double) -> Void = { _, _ in }
) -> [LayerParameters] {
  var parameters = initializeParameters(dimensions, seed: seed)
  for iteration in 0..<iterations {
    let (HL, memories) = modelForward(X, parameters, hidden: hidden)
    report(iteration, computeLoss(HL, Y))
    let gradients = modelBackward(HL, Y, memories, hidden: hidden)
    parameters = updateParameters(parameters, gradients, learningRate: learningRate)
  }
  return parameters
}

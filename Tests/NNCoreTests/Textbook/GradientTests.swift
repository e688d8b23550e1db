import NNCore
import Testing

/// The gradients of a three-layer network against central differences of its loss.
@Suite struct GradientTests {
  @Test(arguments: [LayerActivation.relu, .sigmoid])
  func gradientsAreTheSlopesOfTheLoss(hidden: LayerActivation) {
    var random = RandomState(seed: 12)
    let X = Matrix(rows: 6, columns: 9, elements: random.randn(54))
    let Y = oneHot((0..<9).map { _ in Int(random.integer(through: 3)) }, classes: 4)
    var parameters = initializeParameters([6, 5, 7, 4], seed: 3, deviation: 0.8)
    for layer in parameters.indices { parameters[layer].b = random.randn(parameters[layer].b.count) }

    func loss(_ change: (inout [LayerParameters]) -> Void) -> Double {
      var changed = parameters
      change(&changed)
      return computeLoss(modelForward(X, changed, hidden: hidden).HL, Y)
    }
    func slope(_ change: (inout [LayerParameters], _ by: Double) -> Void) -> Double {
      let step = 1e-5
      return (loss { change(&$0, step) } - loss { change(&$0, -step) }) / (2 * step)
    }

    let (HL, memories) = modelForward(X, parameters, hidden: hidden)
    for (layer, gradient) in modelBackward(HL, Y, memories, hidden: hidden).enumerated() {
      let slopesW = gradient.dW.elements.indices.map { place in slope { $0[layer].W.elements[place] += $1 } }
      let slopesb = gradient.db.indices.map { place in slope { $0[layer].b[place] += $1 } }
      #expect(relativeError(gradient.dW.elements, slopesW) < 1e-7, "W\(layer + 1)")
      #expect(relativeError(gradient.db, slopesb) < 1e-7, "b\(layer + 1)")
      #expect(length(slopesW) > 1e-3, "W\(layer + 1) has a slope to be compared")
    }
  }

  private func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// ‖a − b‖ / (‖a‖ + ‖b‖)
  private func relativeError(_ a: [Double], _ b: [Double]) -> Double {
    length(zip(a, b).map { $0 - $1 }) / (length(a) + length(b))
  }
}

/// How the weights of a new network are drawn; biases start at 0.
package struct Initialization: Sendable, Equatable {
  package enum Method: Sendable, Equatable {
    /// Variance 2 / inputs (He et al., 2015), for ReLU, leaky ReLU and GELU.
    case he
    /// Variance 2 / (inputs + outputs) (Glorot and Bengio, 2010), for sigmoid and tanh.
    case xavier
    /// The given standard deviation in every layer, as the course has it.
    case normal(deviation: Double)
  }

  package let method: Method
  package let seed: UInt32

  package init(_ method: Method, seed: UInt32) {
    (self.method, self.seed) = (method, seed)
  }

  func deviation(inputs: Int, outputs: Int) -> Double {
    switch method {
    case .he: (2 / Double(inputs)).squareRoot()
    case .xavier: (2 / Double(inputs + outputs)).squareRoot()
    case .normal(let deviation): deviation
    }
  }

  /// The weights of each layer in double precision, outputs × inputs row by row: normal deviates from one MT19937
  /// stream, layer after layer, as NumPy's `RandomState(seed).randn` draws them.
  package func weights(dimensions: [Int]) -> [[Double]] {
    var random = RandomState(seed: seed)
    return zip(dimensions, dimensions.dropFirst()).map { inputs, outputs in
      let deviation = deviation(inputs: inputs, outputs: outputs)
      return random.randn(inputs * outputs).map { deviation * $0 }
    }
  }
}

extension Initialization.Method: CustomStringConvertible {
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    switch (words.first, words.count) {
    case ("he"?, 1): self = .he
    case ("xavier"?, 1): self = .xavier
    case ("normal"?, 2):
      guard let deviation = Double(words[1]) else { return nil }
      self = .normal(deviation: deviation)
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .he: "he"
    case .xavier: "xavier"
    case .normal(let deviation): "normal \(deviation)"
    }
  }
}

extension Network {
  /// A new network.
  ///
  /// - Parameters:
  ///   - dimensions: inputs, hidden units…, classes; two numbers at least.
  ///   - hidden: the activation of every layer but the last.
  package init(dimensions: [Int], hidden: Activation, initialization: Initialization) {
    let weights = initialization.weights(dimensions: dimensions)
    self.init(
      layers: weights.indices.map { index in
        Layer(
          inputCount: dimensions[index], outputCount: dimensions[index + 1],
          activation: index == weights.count - 1 ? .softmax : hidden,
          weights: weights[index].map(Float.init), biases: Array(repeating: 0, count: dimensions[index + 1]))
      })
    self.initialization = initialization
  }

  /// The weights in double precision: as they were drawn, if they are still the drawn ones; else as they are.
  ///
  /// Rounding to Float in the model file then costs an untrained network nothing.
  var exactWeights: [[Double]] {
    let stored = layers.map { $0.weights.map(Double.init) }
    guard let drawn = initialization?.weights(dimensions: dimensions),
      zip(layers, drawn).allSatisfy({ layer, weights in layer.weights == weights.map(Float.init) })
    else { return stored }
    return drawn
  }
}

import NNCore
import Testing

/// New networks against the same draws in NumPy, see make-random.py.
@Suite struct InitializationTests {
  @Test func weightsAreNumPysRoundedToFloat() throws {
    let figures = try Fixtures.figures("random")
    let dimensions = figures["dimensions"].ints
    for wanted in figures["networks"].items {
      let method = try #require(Initialization.Method(wanted["method"].string))
      #expect(method.description == wanted["method"].string)
      let initialization = Initialization(method, seed: UInt32(wanted["seed"].int))
      let weights = wanted["weights"].items.map(\.doubles)
      for (got, goal) in zip(initialization.weights(dimensions: dimensions), weights) {
        expectClose(got, goal, within: 1e-15, method.description)
      }

      let network = Network(dimensions: dimensions, hidden: .tanh, initialization: initialization)
      #expect(network.dimensions == dimensions)
      #expect(network.layers.map(\.activation) == [.tanh, .softmax])
      #expect(network.layers.map(\.biases) == [Array(repeating: 0, count: 5), Array(repeating: 0, count: 3)])
      for (layer, goal) in zip(network.layers, weights) {
        for (weight, value) in zip(layer.weights, goal) {
          #expect(weight == Float(value) || abs(Double(weight) - value) <= Double(weight.ulp) / 2)
        }
      }
    }
  }

  @Test func theCoursesStart() {
    let network = Network(
      dimensions: [20, 4, 10], hidden: .relu, initialization: Initialization(.normal(deviation: 0.1), seed: 2))
    for (layer, exact) in zip(network.layers, initializeParameters([20, 4, 10])) {
      #expect(layer.weights == exact.W.elements.map(Float.init))
    }
  }

  @Test func methodsByName() {
    #expect(Initialization.Method("he") == .he)
    #expect(Initialization.Method("xavier") == .xavier)
    #expect(Initialization.Method("normal 0.25") == .normal(deviation: 0.25))
    for text in ["", "He", "he 1", "normal", "normal x", "normal 1 2", "uniform"] {
      #expect(Initialization.Method(text) == nil, "\(text)")
    }
  }
}

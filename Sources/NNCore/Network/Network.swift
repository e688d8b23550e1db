/// A feed-forward network, and what is needed to feed it.
package struct Network: Sendable {
  /// First to last; each takes as many inputs as the one before has outputs, and the last is softmax.
  package var layers: [Layer]
  /// What pixels are multiplied by before they go in.
  package var scale = Scale.unit
  /// The shape of the pictures it takes.
  package var rows: Int
  package var columns: Int
  /// What logits are divided by before softmax, so that probabilities are what they say; the parameters are without it.
  package var temperature = 1.0
  /// The names of the classes, by output.
  package var classes: [String]
  /// How the parameters were drawn; nil if that isn't known.
  package var initialization: Initialization?
  /// What training did, by names without the prefix `trained.`.
  package var training = Safetensors.Metadata()

  /// - Precondition: there is a layer, and sizes follow on.
  package init(layers: [Layer]) {
    precondition(!layers.isEmpty)
    precondition(zip(layers, layers.dropFirst()).allSatisfy { $0.outputCount == $1.inputCount })
    self.layers = layers
    let side = Int(Double(layers[0].inputCount).squareRoot())
    (rows, columns) = side * side == layers[0].inputCount ? (side, side) : (1, layers[0].inputCount)
    classes = (0..<layers[layers.count - 1].outputCount).map(String.init)
  }

  package var inputCount: Int { layers[0].inputCount }
  package var classCount: Int { layers[layers.count - 1].outputCount }
  /// Inputs, hidden units…, classes.
  package var dimensions: [Int] { [inputCount] + layers.map(\.outputCount) }

  /// The layers with the temperature in the last one's parameters.
  var calibratedLayers: [Layer] {
    guard temperature != 1 else { return layers }
    var layers = layers
    let factor = Float(1 / temperature)
    layers[layers.count - 1].weights = layers[layers.count - 1].weights.map { $0 * factor }
    layers[layers.count - 1].biases = layers[layers.count - 1].biases.map { $0 * factor }
    return layers
  }
}

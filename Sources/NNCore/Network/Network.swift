/// A feed-forward network, and how inputs are made for it.
package struct Network: Sendable {
  /// First to last. Each layer takes as many inputs as the layer before has outputs; the last is softmax.
  package var layers: [Layer]
  /// The factor that makes inputs of pixels.
  package var scale = Scale.unit
  /// The shape of the pictures it takes.
  package var rows: Int
  package var columns: Int
  /// The temperature: logits are divided by it before softmax. It is not part of the parameters.
  package var temperature = 1.0
  /// The names of the classes, by output.
  package var classes: [String]
  /// How the parameters were drawn; nil if that isn't known.
  package var initialization: Initialization?
  /// What the metadata tells of training, by names without the prefix `trained.`.
  package var training = Safetensors.Metadata()

  /// - Precondition: there is a layer, and the sizes of successive layers match.
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

  /// The layers, with the last layer's parameters divided by the temperature.
  var calibratedLayers: [Layer] {
    guard temperature != 1 else { return layers }
    var layers = layers
    let factor = Float(1 / temperature)
    layers[layers.count - 1].weights = layers[layers.count - 1].weights.map { $0 * factor }
    layers[layers.count - 1].biases = layers[layers.count - 1].biases.map { $0 * factor }
    return layers
  }
}

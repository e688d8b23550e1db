/// A fully connected layer: activation(W · x + b).
public struct Layer: Sendable, Equatable {
  public let inputCount: Int
  public let outputCount: Int
  public let activation: Activation
  /// W, outputs × inputs, row by row.
  public var weights: [Float]
  /// b, one an output.
  public var biases: [Float]

  /// - Precondition: `weights` are outputs × inputs and `biases` outputs.
  public init(inputCount: Int, outputCount: Int, activation: Activation, weights: [Float], biases: [Float]) {
    precondition(weights.count == inputCount * outputCount && biases.count == outputCount)
    (self.inputCount, self.outputCount, self.activation) = (inputCount, outputCount, activation)
    (self.weights, self.biases) = (weights, biases)
  }

  /// Whether every parameter is a number.
  public var isFinite: Bool { weights.allSatisfy(\.isFinite) && biases.allSatisfy(\.isFinite) }
}

/// A feed-forward network, and what is needed to feed it.
public struct Network: Sendable {
  /// First to last; each takes as many inputs as the one before has outputs, and the last is softmax.
  public var layers: [Layer]
  /// What pixels are multiplied by before they go in.
  public var scale = Scale.unit
  /// The shape of the pictures it takes.
  public var rows: Int
  public var columns: Int
  /// What logits are divided by before softmax, so that probabilities are what they say; the parameters are without it.
  public var temperature = 1.0
  /// The names of the classes, by output.
  public var classes: [String]
  /// How the parameters were drawn; nil if that isn't known.
  public var initialization: Initialization?
  /// What training did, by names without the prefix `trained.`.
  public var training = Safetensors.Metadata()

  /// - Precondition: there is a layer, and sizes follow on.
  public init(layers: [Layer]) {
    precondition(!layers.isEmpty)
    precondition(zip(layers, layers.dropFirst()).allSatisfy { $0.outputCount == $1.inputCount })
    self.layers = layers
    let side = Int(Double(layers[0].inputCount).squareRoot())
    (rows, columns) = side * side == layers[0].inputCount ? (side, side) : (1, layers[0].inputCount)
    classes = (0..<layers[layers.count - 1].outputCount).map(String.init)
  }

  public var inputCount: Int { layers[0].inputCount }
  public var classCount: Int { layers[layers.count - 1].outputCount }
  /// Inputs, hidden units…, classes.
  public var dimensions: [Int] { [inputCount] + layers.map(\.outputCount) }

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

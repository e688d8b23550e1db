/// A fully connected layer: activation(W · x + b).
package struct Layer: Sendable, Equatable {
  package let inputCount: Int
  package let outputCount: Int
  package let activation: Activation
  /// W, outputs × inputs, row by row.
  package var weights: [Float]
  /// b, one an output.
  package var biases: [Float]

  /// - Precondition: `weights` are outputs × inputs and `biases` outputs.
  package init(inputCount: Int, outputCount: Int, activation: Activation, weights: [Float], biases: [Float]) {
    precondition(weights.count == inputCount * outputCount && biases.count == outputCount)
    (self.inputCount, self.outputCount, self.activation) = (inputCount, outputCount, activation)
    (self.weights, self.biases) = (weights, biases)
  }

  /// Whether every parameter is a number.
  package var isFinite: Bool { weights.allSatisfy(\.isFinite) && biases.allSatisfy(\.isFinite) }
}

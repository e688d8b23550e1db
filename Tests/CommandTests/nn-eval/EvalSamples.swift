extension Shell {
  /// True classes a a a b b c c, of which the model answers `given`.
  static let evalLabels: [UInt8] = [0, 0, 0, 1, 1, 2, 2]
  static let evalAnswers = [0, 0, 1, 1, 2, 2, 2]

  /// Writes `data.safetensors`; `model.safetensors`, to which features (1, 0) are an a, (0, 1) a b, (0, 0) a c, and
  /// nothing is a d; and `always a.safetensors`, which answers an a to everything.
  func writeEvalSamples() throws {
    let inputs: [[Float]] = [[1, 0], [0, 1], [0, 0]]
    try write(
      Samples.features(Self.evalAnswers.map { inputs[$0] }, labels: Self.evalLabels), to: "data.safetensors")
    let classes = ["a", "b", "c", "d"]
    try write(
      Samples.model(weights: [[10, 0], [0, 10], [0, 0], [0, 0]], biases: [0, 0, 5, -90], classes: classes),
      to: "model.safetensors")
    try write(
      Samples.model(weights: [[0, 0], [0, 0], [0, 0], [0, 0]], biases: [9, 0, 0, 0], classes: classes),
      to: "always a.safetensors")
  }
}

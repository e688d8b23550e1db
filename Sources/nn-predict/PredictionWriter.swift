import NNCommand
import NNCore

/// Writes predictions as tab-separated or JSON lines, each followed by the network's input if that is to be shown.
struct PredictionWriter {
  let output: Output
  let isJSON: Bool
  /// The number of classes to write.
  let top: Int
  /// Draws the network's input; nil to write lines only.
  let exhibit: Exhibit?

  /// - Parameter pixels: the network's input; nil if it was not a picture.
  func write(_ prediction: Prediction, of name: String, seen pixels: [UInt8]?) throws {
    if isJSON { return try output.write(line: prediction.json(of: name, top: top).text) }
    try output.write(line: ([name.tabSeparatedField] + prediction.columns(top: top)).joined(separator: "\t"))
    if let exhibit, let probabilities = prediction.probabilities {
      try output.write(line: exhibit.text(pixels, probabilities))
    }
  }
}

import NNCommand
import NNCore

/// Writes predictions as lines of columns or of JSON, and below them what was seen if that is wanted.
struct PredictionWriter {
  let output: Output
  let isJSON: Bool
  /// How many classes are told.
  let top: Int
  let exhibit: Exhibit?

  /// - Parameter pixels: what the network saw, if it was a picture.
  func write(_ prediction: Prediction, of name: String, seen pixels: [UInt8]?) throws {
    if isJSON { return try output.write(line: prediction.json(of: name, top: top).text) }
    try output.write(line: ([name.tabSeparatedField] + prediction.columns(top: top)).joined(separator: "\t"))
    if let exhibit, let probabilities = prediction.probabilities {
      try output.write(line: exhibit.text(pixels, probabilities))
    }
  }
}

/// Cross-entropy with class weights and label smoothing, as PyTorch's `CrossEntropyLoss` defines it.
///
/// With w the weights of C classes, W their sum, y an example's label and ε the smoothing, the loss of a batch is
/// Σ ((1 − ε) w[y] · −log p[y] + ε/C · Σ w[c] · −log p[c]) / Σ w[y], over its examples.
package struct TrainingLoss: Sendable {
  private let smoothing: Double
  private let weights: [Double]
  private let weightSum: Double

  /// - Parameter isMixed: whether the loss will be mixed with that by teachers, so that each example's is needed.
  /// - Returns: nil for plain cross-entropy alone.
  package init?(smoothing: Double, classWeights: [Double]?, classCount: Int, isMixed: Bool = false) {
    guard smoothing > 0 || classWeights != nil || isMixed else { return nil }
    (self.smoothing, weights) = (smoothing, classWeights ?? Array(repeating: 1, count: classCount))
    weightSum = weights.reduce(0, +)
  }

  /// The sum of the labels' weights, by which the loss of a batch is divided.
  func total(_ labels: some Sequence<Int32>) -> Double { labels.reduce(0) { $0 + weights[Int($1)] } }

  /// The gradient of an example's loss, not yet divided, by logit c is `scale` · p[c] − `target(c)`.
  func scale(label: Int) -> Double { own(label) + smoothing * weightSum / Double(weights.count) }

  func target(_ index: Int, label: Int) -> Double {
    smoothing * weights[index] / Double(weights.count) + (index == label ? own(label) : 0)
  }

  /// An example's loss, not yet divided.
  ///
  /// - Parameter surprise: −log p of a class.
  func value(label: Int, surprise: (Int) -> Double) -> Double {
    let smooth =
      smoothing == 0 ? 0 : weights.indices.reduce(0) { $0 + weights[$1] * surprise($1) } / Double(weights.count)
    return own(label) * surprise(label) + smoothing * smooth
  }

  private func own(_ label: Int) -> Double { (1 - smoothing) * weights[label] }
}

/// Which parameters training gives in the end.
package enum Keeping: String, CaseIterable, Sendable {
  /// The parameters after the epoch with the minimum validation loss.
  case best
  /// The parameters after the epoch with the maximum validation accuracy.
  case bestAccuracy = "best-accuracy"
  /// The parameters after the last update.
  case last

  /// Whether a validation score is better than the best before; an equal one is not.
  func prefers(_ score: Score, to best: Score) -> Bool {
    self == .bestAccuracy ? score.accuracy > best.accuracy : score.loss < best.loss
  }
}

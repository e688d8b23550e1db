/// How well a network does on some examples.
package struct Score: Sendable, Equatable {
  package var count = 0
  package var correct = 0
  /// The sum of −log p(label).
  package var lossSum = 0.0

  package init(count: Int = 0, correct: Int = 0, lossSum: Double = 0) {
    (self.count, self.correct, self.lossSum) = (count, correct, lossSum)
  }

  /// The mean cross-entropy; not a number without examples.
  package var loss: Double { lossSum / Double(count) }
  /// The share of right answers; not a number without examples.
  package var accuracy: Double { Double(correct) / Double(count) }

  package static func += (left: inout Score, right: Score) {
    left.count += right.count
    left.correct += right.correct
    left.lossSum += right.lossSum
  }
}

/// How well a network does on some examples.
public struct Score: Sendable, Equatable {
  public var count = 0
  public var correct = 0
  /// The sum of −log p(label).
  public var lossSum = 0.0

  public init(count: Int = 0, correct: Int = 0, lossSum: Double = 0) {
    (self.count, self.correct, self.lossSum) = (count, correct, lossSum)
  }

  /// The mean cross-entropy; not a number without examples.
  public var loss: Double { lossSum / Double(count) }
  /// The share of right answers; not a number without examples.
  public var accuracy: Double { Double(correct) / Double(count) }

  public static func += (left: inout Score, right: Score) {
    left.count += right.count
    left.correct += right.correct
    left.lossSum += right.lossSum
  }
}

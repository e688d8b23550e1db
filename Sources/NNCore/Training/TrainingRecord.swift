/// A line of the training log.
package struct TrainingRecord: Sendable {
  /// The number of updates done; in a log of every so many steps, the number of the step from 0.
  package let step: Int
  /// The epoch, from 1.
  package let epoch: Int
  /// The score on the training examples, each batch before its update.
  package let training: Score
  package let validation: Score?
  package let learningRate: Double
}

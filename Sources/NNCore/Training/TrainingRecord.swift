/// A line of the training log.
package struct TrainingRecord: Sendable {
  /// Updates done; in a log of every so many steps, the number of the step from 0.
  package let step: Int
  /// From 1.
  package let epoch: Int
  /// On the training examples, each batch before its update.
  package let training: Score
  package let validation: Score?
  package let learningRate: Double
}

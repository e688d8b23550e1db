/// Training came to a loss or to parameters that are not finite.
package struct TrainingDiverged: Error, CustomStringConvertible {
  package let epoch: Int
  /// The number of the update, from 1, before which it was noticed.
  package let step: Int
  package let what: String
  package let learningRate: Double

  package var description: String {
    "training diverged in epoch \(epoch), step \(step): \(what)"
  }

  package var remedy: Remedy { .lowerLearningRate(learningRate) }
}

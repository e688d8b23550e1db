/// How far training has come.
package struct TrainingPosition: Sendable, Equatable {
  /// Updates done.
  package var step = 0
  /// The score over the batches of the present epoch, if it is not at its end.
  package var partial = Score()
  /// The last epoch that ended, or that training was ended in; nil before.
  package var last: EpochScores?

  package init() {}
}

/// How training did in an epoch.
package struct EpochScores: Sendable, Equatable {
  /// From 1.
  package let epoch: Int
  /// The score on the training examples, each batch before its update.
  package let training: Score
  package internal(set) var validation: Score?
}

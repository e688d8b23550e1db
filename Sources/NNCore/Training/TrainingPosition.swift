/// How far training has come.
package struct TrainingPosition: Sendable, Equatable {
  /// Updates done.
  package var step = 0
  /// The score over the batches of the present epoch, if it is not at its end.
  package var partial = Score()

  package init() {}
}

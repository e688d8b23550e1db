/// Observes training, and may end it.
package protocol TrainingObserver {
  /// Called after each update, with the score of its batch before the update.
  func stepped(_ step: Int, of total: Int, training: Score)
  /// Called between two updates of an epoch.
  func paused(_ snapshot: TrainingSnapshot) throws
  /// Called at the end of each epoch.
  func endedEpoch(_ record: TrainingRecord, snapshot: TrainingSnapshot) throws
  /// Called for each line of the log.
  func logged(_ record: TrainingRecord) throws
  /// Why to end before the next update; nil to go on.
  var earlyEnd: EarlyEnd? { get }
}

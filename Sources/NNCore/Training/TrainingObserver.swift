/// Who is told how training goes, and may end it.
package protocol TrainingObserver {
  /// Called after each update, of `total`, with the score of its batch before it.
  func stepped(_ step: Int, of total: Int, training: Score)
  /// Called at the end of each epoch.
  func endedEpoch(_ record: TrainingRecord, snapshot: TrainingSnapshot) throws
  /// Called for each line that belongs into the log.
  func logged(_ record: TrainingRecord) throws
  /// Whether to stop before the next update.
  var isStopped: Bool { get }
}

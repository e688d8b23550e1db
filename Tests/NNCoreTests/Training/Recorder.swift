import NNCore

/// Keeps all that a trainer tells.
final class Recorder: TrainingObserver {
  var steps: [Int] = []
  /// Updates after which it was within an epoch.
  var pauses: [Int] = []
  var totals: Set<Int> = []
  var epochs: [TrainingRecord] = []
  var log: [TrainingRecord] = []
  /// After how many updates to end, and why.
  var stopAfter = Int.max
  var reason = EarlyEnd.interruption

  func stepped(_ step: Int, of total: Int, training: Score) {
    steps.append(step)
    totals.insert(total)
  }

  func paused(_ snapshot: TrainingSnapshot) {
    pauses.append(snapshot.position.step)
  }

  func endedEpoch(_ record: TrainingRecord, snapshot: TrainingSnapshot) {
    epochs.append(record)
  }

  func logged(_ record: TrainingRecord) {
    log.append(record)
  }

  var earlyEnd: EarlyEnd? { steps.count >= stopAfter ? reason : nil }
}

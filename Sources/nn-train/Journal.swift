import NNCommand
import NNCore

/// Keeps the records of a training run: progress, log, plot and checkpoint.
final class Journal: TrainingObserver {
  private let progress: Progress
  private let log: LogFile?
  private let plot: PlotFile?
  private var losses = Sparkline(width: 24)
  private let checkpointPath: String?
  private let timeLimit: TimeLimit?
  /// Whether this run has done an update.
  private var hasStepped = false
  private var lastCheckpoint = ContinuousClock.now
  /// The network that is trained, for what a model says beside its parameters.
  private let network: Network

  private let checkpointInterval: CheckpointInterval

  /// Opens the log and makes sure that a checkpoint can be written. The time limit counts from the start of `progress`.
  ///
  /// - Parameter resumed: where a checkpoint left off; nil without one.
  init(
    _ options: RecordOptions, of network: Network, progress: Progress, timeLimit: TimeLimit?,
    resumed: TrainingPosition?
  ) throws {
    (self.network, self.progress, self.timeLimit) = (network, progress, timeLimit)
    // A line an update tells of the time before it, and a line an epoch of the time after.
    let firstStep = resumed.map { $0.step + (options.logEvery == nil ? 1 : 0) }
    log = try options.log.map { try LogFile($0, continuingAt: firstStep) }
    plot = try options.plot.map { try PlotFile($0) }
    (checkpointPath, checkpointInterval) = (options.checkpoint, options.checkpointEvery ?? .standard)
    if let checkpointPath {
      _ = try Output(checkpointPath)
      Signals.defer()
    }
  }

  var earlyEnd: EarlyEnd? {
    if Signals.isStopRequested { return .interruption }
    guard let timeLimit, hasStepped, progress.seconds >= timeLimit.seconds else { return nil }
    return .timeLimit
  }

  func stepped(_ step: Int, of total: Int, training: Score) {
    hasStepped = true
    guard progress.isDrawn else { return }
    losses.add(training.loss, at: step, of: total)
    progress.bar(
      step, of: total, note: "loss \(training.loss.fixed(4)) \(StandardError.showsUnicode ? losses.text : "")")
  }

  func paused(_ snapshot: TrainingSnapshot) throws {
    if checkpointPath != nil, isTimeForCheckpoint { try save(snapshot) }
  }

  private var isTimeForCheckpoint: Bool {
    guard case .time(let time) = checkpointInterval else { return false }
    return ContinuousClock.now - lastCheckpoint > .seconds(time.seconds)
  }

  func logged(_ record: TrainingRecord) throws {
    let line = TrainingLog.Line(record, seconds: progress.seconds)
    try log?.write(line)
    try plot?.add(line)
  }

  func endedEpoch(_ record: TrainingRecord, snapshot: TrainingSnapshot) throws {
    var line =
      "epoch \(record.epoch)  loss \(record.training.loss.fixed(4))  accuracy "
      + "\((100 * record.training.accuracy).fixed(2)) %"
    if let validation = record.validation {
      line += "  validation loss \(validation.loss.fixed(4))  accuracy \((100 * validation.accuracy).fixed(2)) %"
    }
    progress.line(line + "  \(progress.seconds.fixed(2)) s")
    if case .epochs(let count) = checkpointInterval, record.epoch % count == 0 { try save(snapshot) }
    if isTimeForCheckpoint { try save(snapshot) }
  }

  /// Ends the records.
  ///
  /// - Parameter end: why training ended early; nil if it did not.
  func finish(_ trainer: Trainer, _ end: EarlyEnd?) throws {
    let (snapshot, epoch) = (trainer.snapshot, trainer.epoch)
    progress.clear()
    try save(snapshot)
    try log?.close()
    try plot?.draw()
    let (step, advice) = (snapshot.position.step, checkpointPath.map { ": go on with --resume \($0)" } ?? "")
    switch end {
    case nil: break
    case .patience:
      progress.line("ended by --patience \(trainer.plan.patience ?? 0) after epoch \(epoch), step \(step)")
    case .targetAccuracy:
      progress.line(
        "ended by --target-accuracy \(trainer.plan.targetAccuracy ?? 0) after epoch \(epoch), step \(step)")
    case .interruption: progress.line("stopped after step \(step)\(advice)")
    case .timeLimit:
      progress.line("ended by --time-limit \(timeLimit?.text ?? "") after epoch \(epoch), step \(step)\(advice)")
    }
    if let kept = trainer.kept, end != .interruption {
      let (loss, accuracy) = (kept.validation.loss.fixed(4), (100 * kept.validation.accuracy).fixed(2))
      progress.line("kept epoch \(kept.epoch) of \(epoch)  validation loss \(loss)  accuracy \(accuracy) %")
    }
  }

  /// Training diverged: the plot shows how it came to that.
  func giveUp() throws {
    progress.clear()
    try plot?.draw()
  }

  private func save(_ snapshot: TrainingSnapshot) throws {
    guard let checkpointPath else { return }
    let checkpoint = snapshot.checkpoint(of: network)
    // Where training has diverged, which the next loss will show, the last good checkpoint is kept.
    guard checkpoint.network.layers.allSatisfy(\.isFinite) else { return }
    try Output(checkpointPath).commit(checkpoint.file)
    lastCheckpoint = .now
  }
}

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

  /// The time between checkpoints: little is lost by a crash, and little time is spent on the disk.
  private static let checkpointInterval = Duration.seconds(10)

  /// Opens the log and makes sure that a checkpoint can be written. The time limit counts from the start of `progress`.
  init(_ options: RecordOptions, of network: Network, progress: Progress, timeLimit: TimeLimit?, isResumed: Bool) throws
  {
    (self.network, self.progress, self.timeLimit) = (network, progress, timeLimit)
    log = try options.log.map { try LogFile($0, appending: isResumed) }
    plot = try options.plot.map { try PlotFile($0) }
    checkpointPath = options.checkpoint
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
    if ContinuousClock.now - lastCheckpoint > Self.checkpointInterval { try save(snapshot) }
  }

  /// Ends the records.
  ///
  /// - Parameters:
  ///   - end: why training ended early; nil if it did not.
  ///   - epoch: the epoch of the last update.
  func finish(_ snapshot: TrainingSnapshot, _ end: EarlyEnd?, epoch: Int) throws {
    progress.clear()
    try save(snapshot)
    try log?.close()
    try plot?.draw()
    let (step, advice) = (snapshot.position.step, checkpointPath.map { ": go on with --resume \($0)" } ?? "")
    switch end {
    case nil: break
    case .interruption: progress.line("stopped after step \(step)\(advice)")
    case .timeLimit:
      progress.line("ended by --time-limit \(timeLimit?.text ?? "") after epoch \(epoch), step \(step)\(advice)")
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

import NNCommand
import NNCore

/// The training log: tab-separated, with a header, each line there to be read as soon as it is known.
final class LogFile {
  private let output: Output

  /// - Parameter firstStep: where training goes on, so that lines are added to a log that exists: the step of the first
  ///   line that will be written. Nil to begin a new log.
  init(_ path: String, continuingAt firstStep: Int?) throws {
    if let firstStep { Self.cut(path, at: firstStep) }
    output = try Output(following: path, appending: firstStep != nil)
    if output.isEmpty {
      try output.write(line: TrainingLog.header)
      try output.flush()
    }
  }

  /// Cuts off what a run that was killed wrote after its last checkpoint: from the first line of that step or a later
  /// one, or a part of a line.
  private static func cut(_ path: String, at firstStep: Int) {
    guard let bytes = InputFile.mapped(path: path) else { return }
    var kept = 0
    for line in [UInt8](bytes).split(separator: 10, omittingEmptySubsequences: false) {
      let step = Int(String(decoding: line.prefix { $0 != 9 }, as: UTF8.self))
      if let step, step >= firstStep { break }
      // The last line ends without a line feed: it is empty, or only a part was written.
      guard kept + line.count < bytes.count else { break }
      kept += line.count + 1
    }
    if kept < bytes.count { _ = path.withFileName { truncate($0, off_t(kept)) } }
  }

  func write(_ line: TrainingLog.Line) throws {
    try output.write(line: line.text)
    try output.flush()
  }

  func close() throws {
    try output.commit()
  }
}

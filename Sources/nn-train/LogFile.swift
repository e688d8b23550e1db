import NNCommand
import NNCore

/// The training log: tab-separated, with a header, each line there to be read as soon as it is known.
final class LogFile {
  private let output: Output

  /// - Parameter appending: whether lines are added to a log that exists.
  init(_ path: String, appending: Bool) throws {
    output = try Output(following: path, appending: appending)
    if output.isEmpty {
      try output.write(line: TrainingLog.header)
      try output.flush()
    }
  }

  func write(_ line: TrainingLog.Line) throws {
    try output.write(line: line.text)
    try output.flush()
  }

  func close() throws {
    try output.commit()
  }
}

import NNCommand
import NNCore

/// The training log: tab-separated, with a header, each line there to be read as soon as it is known.
final class LogFile {
  private static let header =
    "step epoch loss train_accuracy validation_loss validation_accuracy learning_rate seconds"
    .replacing(" ", with: "\t")

  private let output: Output

  /// - Parameter appending: whether lines are added to those that are there.
  init(_ path: String, appending: Bool) throws {
    output = try Output(following: path, appending: appending)
    if output.isEmpty {
      try output.write(line: Self.header)
      try output.flush()
    }
  }

  func write(_ record: TrainingRecord, seconds: Double) throws {
    let fields = [
      "\(record.step)", "\(record.epoch)", "\(record.training.loss)", "\(record.training.accuracy)",
      record.validation.map { "\($0.loss)" } ?? "", record.validation.map { "\($0.accuracy)" } ?? "",
      "\(record.learningRate)", seconds.fixed(3),
    ]
    try output.write(line: fields.joined(separator: "\t"))
    try output.flush()
  }

  func close() throws {
    try output.commit()
  }
}

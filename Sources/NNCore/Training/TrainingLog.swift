/// The log of training: tab-separated text with a header, as nn-train writes it.
package struct TrainingLog: Sendable {
  package let lines: [Line]

  /// A line of the log.
  package struct Line: Sendable, Equatable {
    /// The step, counted as in `TrainingRecord`.
    package let step: Int
    /// The epoch, from 1.
    package let epoch: Int
    package let loss: Double
    package let accuracy: Double
    /// Nil without validation.
    package let validationLoss: Double?
    package let validationAccuracy: Double?
    package let learningRate: Double
    /// Seconds since training began.
    package let seconds: Double

    package init(_ record: TrainingRecord, seconds: Double) {
      (step, epoch, learningRate, self.seconds) = (record.step, record.epoch, record.learningRate, seconds)
      (loss, accuracy) = (record.training.loss, record.training.accuracy)
      (validationLoss, validationAccuracy) = (record.validation?.loss, record.validation?.accuracy)
    }
  }

  private static let columns = [
    "step", "epoch", "loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate", "seconds",
  ]

  package static let header = columns.joined(separator: "\t")

  /// Reads a log. It may have no lines, and may have more columns, written by a later version.
  ///
  /// - Throws: `FileError` of kind `badData` with the number of the wrong line.
  package init(reading file: InputFile) throws {
    let text = try [UInt8](file.contents())
    guard !text.isEmpty else { throw file.malformed("is empty, not a log of nn-train") }
    var lines: [Line] = []
    var number = 0
    for bytes in text.split(separator: 10, omittingEmptySubsequences: false) {
      number += 1
      guard let string = String(validating: bytes, as: UTF8.self) else {
        throw file.malformed("is no text in UTF-8", at: .line(number))
      }
      let line = string.hasSuffix("\r") ? String(string.dropLast()) : string
      if number == 1 {
        guard line.hasPrefix(Self.header) else {
          throw file.malformed("is no log of nn-train: its header begins with 'step', 'epoch', 'loss'", at: .line(1))
        }
      } else if !line.isEmpty {
        lines.append(try Line(line) { file.malformed($0, at: .line(number)) })
      }
    }
    self.lines = lines
  }
}

extension TrainingLog.Line {
  /// The line as text.
  package var text: String {
    [
      "\(step)", "\(epoch)", "\(loss)", "\(accuracy)", validationLoss.map { "\($0)" } ?? "",
      validationAccuracy.map { "\($0)" } ?? "", "\(learningRate)", seconds.fixed(3),
    ].joined(separator: "\t")
  }

  fileprivate init(_ text: String, fault: (String) -> FileError) throws {
    let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
    let columns = TrainingLog.header.split(separator: "\t")
    guard fields.count >= columns.count else { throw fault("has \(fields.count) fields, not \(columns.count)") }

    func wrong(_ column: Int, _ what: String) -> FileError {
      fault("\(columns[column]) is '\(String(fields[column].prefix(40)))', not \(what)")
    }
    func count(_ column: Int) throws -> Int {
      guard let value = Int(fields[column]), value >= 0 else { throw wrong(column, "a whole number") }
      return value
    }
    func number(_ column: Int) throws -> Double {
      guard let value = Double(fields[column]) else { throw wrong(column, "a number") }
      return value
    }
    func optional(_ column: Int) throws -> Double? { fields[column].isEmpty ? nil : try number(column) }

    (step, epoch) = (try count(0), try count(1))
    (loss, accuracy) = (try number(2), try number(3))
    (validationLoss, validationAccuracy) = (try optional(4), try optional(5))
    (learningRate, seconds) = (try number(6), try number(7))
  }
}

import ArgumentParser

/// How often a checkpoint is saved: every so many epochs, such as 5, or when a time has gone by, such as 30s or 10m.
package enum CheckpointInterval: ExpressibleByArgument, Equatable, Sendable {
  case epochs(Int)
  case time(TimeLimit)

  package init?(argument: String) {
    if let count = Int(argument) {
      guard count > 0 else { return nil }
      self = .epochs(count)
    } else if argument.contains(where: "hms".contains), let time = TimeLimit(argument: argument) {
      self = .time(time)
    } else {
      return nil
    }
  }

  /// Ten seconds: little is lost by a crash, and little time is spent on the disk.
  package static let standard = CheckpointInterval(argument: "10s")!
}

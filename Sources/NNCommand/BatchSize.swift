import ArgumentParser
import NNCore

/// Examples an update: a number, or `full` for all of them.
package enum BatchSize: ExpressibleByArgument, Equatable, Sendable {
  case count(Int)
  case full

  package init?(argument: String) {
    if argument == "full" {
      self = .full
    } else if let count = Int(argument), count > 0 {
      self = .count(count)
    } else {
      return nil
    }
  }
}

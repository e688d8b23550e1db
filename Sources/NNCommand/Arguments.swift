import ArgumentParser
import NNCore

extension Scale: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Activation: ExpressibleByArgument {
  package static var allValueStrings: [String] { hidden.map(\.rawValue) }

  package init?(argument: String) {
    self.init(rawValue: argument)
    if self == .softmax { return nil }
  }
}

extension Optimizer.Method: ExpressibleByArgument {}
extension Schedule: ExpressibleByArgument {}
extension DataFormat: ExpressibleByArgument {}
extension DataPart: ExpressibleByArgument {}

extension PictureShape: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// `none`, a number from 1, or a name.
extension LabelColumn: ExpressibleByArgument {
  package init?(argument: String) {
    switch (argument, Int(argument)) {
    case ("", _), (_, .some(..<1)): return nil
    case ("none", _): self = .none
    case ("last", _): self = .last
    case (_, let number?): self = .number(number)
    case (_, nil): self = .name(argument)
    }
  }
}

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

/// What validation is done on: a share of the training examples, such as 0.2 or 20%, or a file.
package enum ValidationSource: ExpressibleByArgument, Equatable, Sendable {
  case fraction(Double)
  case file(String)

  package init?(argument: String) {
    let isPercentage = argument.utf8.last == UInt8(ascii: "%")
    if let number = Double(isPercentage ? String(argument.dropLast()) : argument) {
      let fraction = isPercentage ? number / 100 : number
      guard fraction > 0, fraction < 1 else { return nil }
      self = .fraction(fraction)
    } else {
      self = .file(argument)
    }
  }
}

/// The threads that an engine works with.
package struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Threads to work with; all processors if not given. The result is the same.", valueName: "n"))
  package var threads: Int?

  package init() {}

  package func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes a number of 1 to 1024.") }
  }

  package var pool: WorkerPool { pool(forPieces: .max) }

  /// A pool of no more threads than there are pieces of work.
  package func pool(forPieces count: Int) -> WorkerPool {
    WorkerPool(count: max(1, min(threads ?? WorkerPool.processorCount, count)))
  }
}

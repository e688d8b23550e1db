import ArgumentParser

/// One of several folds for cross-validation, such as 1/5.
struct Fold: ExpressibleByArgument, CustomStringConvertible {
  /// The number of the fold, from 1.
  let number: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count > 1, 1...count ~= number else {
      return nil
    }
    (self.number, self.count) = (number, count)
  }

  var description: String { "\(number)/\(count)" }
}

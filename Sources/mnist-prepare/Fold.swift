import ArgumentParser
import NNCommand
import NNCore

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

  /// The places of the fold's examples among `places`.
  ///
  /// - Throws: `Failure` if there are fewer examples than folds.
  func places(of places: [Int], labels: [UInt16]?, seed: UInt32) throws -> [Int] {
    guard count <= places.count else {
      throw Failure(.badData, "there are fewer examples (\(places.count)) than folds (\(count))")
    }
    return Stratification.folds(of: places, labels: labels, count: count, seed: seed)[number - 1]
  }

  var description: String { "\(number)/\(count)" }
}

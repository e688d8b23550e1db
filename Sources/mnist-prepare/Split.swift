import ArgumentParser
import NNCommand
import NNCore

/// The sizes of several outputs: numbers of examples, such as 50000:10000, or shares of them, such as 80%:20%.
enum Split: ExpressibleByArgument {
  case counts([Int])
  /// Percentages, which add up to 100 at most.
  case shares([Double])

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return nil }
    if parts.allSatisfy({ $0.hasSuffix("%") }) {
      let shares = parts.map { Double($0.dropLast()) ?? -1 }
      // Shares such as 33.3%:66.7% may add up to a little more than 100 after rounding.
      guard shares.allSatisfy({ 0...100 ~= $0 }), shares.reduce(0, +) <= 100 + 1e-9 else { return nil }
      self = .shares(shares)
    } else {
      let counts = parts.map { Int($0) ?? -1 }
      guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
      self = .counts(counts)
    }
  }

  /// The number of outputs.
  var count: Int {
    switch self {
    case .counts(let counts): counts.count
    case .shares(let shares): shares.count
    }
  }

  /// The number of examples in each output, for a data set of `total` examples. Shares are rounded where one part ends
  /// and the next begins, so that shares of 100 % in all leave out no example.
  private func sizes(of total: Int) -> [Int] {
    switch self {
    case .counts(let counts): return counts
    case .shares(let shares):
      var (sum, start) = (0.0, 0)
      return shares.map { share in
        sum += share
        let end = min(total, Int((sum * Double(total) / 100).rounded()))
        defer { start = end }
        return end - start
      }
    }
  }

  /// Divides a data set; each part of a stratified split has the same share of each class.
  ///
  /// - Throws: `Failure` if there are too few examples.
  func parts(of dataset: Dataset, isStratified: Bool) throws -> [Dataset] {
    let sizes = sizes(of: dataset.count)
    let wanted = sizes.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    guard sizes.allSatisfy({ $0 <= dataset.count }), wanted <= dataset.count else {
      throw Failure(
        .badData, "--split takes \(sizes.map(String.init).joined(separator: " + ")) examples of \(dataset.count)")
    }
    guard !isStratified else {
      let parts = Stratification.parts(of: Array(0..<dataset.count), labels: dataset.labels, sizes: sizes)
      return try parts.enumerated().map { number, places in
        var part = try dataset.selecting(places)
        part.source += " part \(number + 1) of \(sizes.count), stratified"
        return part
      }
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      var part = dataset.selecting(start..<start + size)
      part.source += " [\(start)..<\(start + size)]"
      return part
    }
  }
}

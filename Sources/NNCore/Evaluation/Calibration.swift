/// Calibration: how often a network's answers are right, by the probability that it gives them.
///
/// Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017.
package struct Calibration: Sendable, Equatable {
  /// The answers whose probability lies in a range. The range excludes its lower end.
  package struct Bin: Sendable, Equatable {
    package fileprivate(set) var count = 0
    package fileprivate(set) var correct = 0
    /// The sum of the probabilities.
    fileprivate var confidenceSum = 0.0

    /// The mean of the probabilities; not a number without answers.
    package var confidence: Double { confidenceSum / Double(count) }
    /// The share of right answers; not a number without answers.
    package var accuracy: Double { Double(correct) / Double(count) }
  }

  /// Bins of equal width from probability 0 to 1.
  package private(set) var bins: [Bin]

  /// - Parameter binCount: 15 in the paper.
  package init(binCount: Int = 15) {
    bins = Array(repeating: Bin(), count: binCount)
  }

  /// Adds an answer that was given with `probability`, 0…1.
  package mutating func add(probability: Float, isCorrect: Bool) {
    let place = (Double(probability) * Double(bins.count)).rounded(.up) - 1
    // A NaN may go to any bin: it makes the error NaN.
    let bin = place.isNaN ? 0 : min(max(Int(place), 0), bins.count - 1)
    bins[bin].count += 1
    bins[bin].confidenceSum += Double(probability)
    if isCorrect { bins[bin].correct += 1 }
  }

  /// The expected calibration error, Σ count / n · |accuracy − confidence| over the bins; not a number without answers.
  package var error: Double {
    let count = bins.reduce(0) { $0 + $1.count }
    return bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidenceSum) } / Double(count)
  }
}

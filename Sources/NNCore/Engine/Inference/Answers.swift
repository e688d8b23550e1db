extension Predictor {
  /// The answers to some examples, in their order.
  package struct Answers: Sendable {
    package let classCount: Int
    /// The probabilities of one example after the other's.
    private let flat: [Float]
    /// The likeliest class of each, the first among equals.
    package let best: [Int]
    /// −log p(label) of each; 0 without labels.
    package let losses: [Double]

    package var count: Int { best.count }

    /// - Precondition: `flat` has `classCount` numbers for each of `best`.
    init(classCount: Int, flat: [Float], best: [Int], losses: [Double]) {
      (self.classCount, self.flat, self.best, self.losses) = (classCount, flat, best, losses)
    }

    /// The mean of several networks' probabilities for the same examples.
    ///
    /// The loss is exact even where probabilities are too small for a Float: −log((1/n) Σ exp(−lossᵢ)), each exponent
    /// taken from the greatest.
    ///
    /// - Precondition: `all` are at least one, of as many classes and examples.
    init(averaging all: [Answers]) {
      guard all.count > 1 else {
        self = all[0]
        return
      }
      let (first, count) = (all[0], Float(all.count))
      let mean = first.flat.indices.map { place in all.reduce(0) { $0 + $1.flat[place] } / count }
      let losses = first.losses.indices.map { index in
        let least = all.map { $0.losses[index] }.min()!
        return least - log(all.reduce(0) { $0 + exp(least - $1.losses[index]) } / Double(all.count))
      }
      let classCount = first.classCount
      let best = first.best.indices.map { index in
        (1..<classCount).reduce(0) { mean[index * classCount + $1] > mean[index * classCount + $0] ? $1 : $0 }
      }
      self.init(classCount: classCount, flat: mean, best: best, losses: losses)
    }

    /// One probability a class.
    package func probabilities(_ index: Int) -> ArraySlice<Float> {
      flat[index * classCount..<(index + 1) * classCount]
    }
  }
}

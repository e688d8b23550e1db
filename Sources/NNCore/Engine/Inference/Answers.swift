extension Predictor {
  /// The answers to some examples, in their order.
  package struct Answers: Sendable {
    package let classCount: Int
    /// The probabilities of all classes, example by example.
    private let flat: [Float]
    /// For each example, the most probable class, the first among equals.
    package let best: [Int]
    /// For each example, −log p(label); 0 without labels.
    package let losses: [Double]

    package var count: Int { best.count }

    /// - Precondition: `flat` has `classCount` numbers for each of `best`.
    init(classCount: Int, flat: [Float], best: [Int], losses: [Double]) {
      (self.classCount, self.flat, self.best, self.losses) = (classCount, flat, best, losses)
    }

    /// Averages the probabilities of several networks for the same examples.
    ///
    /// The loss is exact even where probabilities are too small for a Float: −log((1/n) Σ exp(−lossᵢ)), computed with
    /// the minimum loss subtracted (log-sum-exp).
    ///
    /// - Precondition: there is at least one, and all have as many classes and examples.
    init(averaging all: [Answers]) {
      guard all.count > 1 else {
        self = all[0]
        return
      }
      let (first, count) = (all[0], Float(all.count))
      let mean = first.flat.indices.map { place in all.reduce(0) { $0 + $1.flat[place] } / count }
      let losses = first.losses.indices.map { index in
        let minimum = all.map { $0.losses[index] }.min()!
        return minimum - log(all.reduce(0) { $0 + exp(minimum - $1.losses[index]) } / Double(all.count))
      }
      let classCount = first.classCount
      let best = first.best.indices.map { index in
        (1..<classCount).reduce(0) { mean[index * classCount + $1] > mean[index * classCount + $0] ? $1 : $0 }
      }
      self.init(classCount: classCount, flat: mean, best: best, losses: losses)
    }

    /// The probabilities of an example's classes.
    package func probabilities(_ index: Int) -> ArraySlice<Float> {
      flat[index * classCount..<(index + 1) * classCount]
    }
  }
}

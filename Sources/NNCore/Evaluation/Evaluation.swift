/// What a network, or an ensemble of them, gets right and wrong on labelled data.
package struct Evaluation: Sendable {
  package struct Mistake: Sendable {
    /// The example's place in the data.
    package let index: Int
    package let label: Int
    package let prediction: Int
    /// The probability that the network gives its prediction.
    package let probability: Float
  }

  package let classes: [String]
  package private(set) var score = Score()
  /// Examples by true class (outer) and given class (inner).
  package private(set) var confusion: [[Int]]
  /// The mistakes, in the order of the data.
  package private(set) var errors: [Mistake] = []
  package private(set) var calibration = Calibration()

  /// - Precondition: the data is labelled and fits the network.
  package init(_ ensemble: Ensemble, on dataset: Dataset, pool: WorkerPool) {
    classes = ensemble.classes
    confusion = Array(repeating: Array(repeating: 0, count: ensemble.classCount), count: ensemble.classCount)
    let labels = dataset.labels ?? []
    Predictor(ensemble, pool: pool).forEachBlock(dataset, at: 0..<dataset.count) { offset, answers in
      for index in 0..<answers.count {
        let (label, best) = (Int(labels[offset + index]), answers.best[index])
        confusion[label][best] += 1
        score += Score(count: 1, correct: label == best ? 1 : 0, lossSum: answers.losses[index])
        let probabilities = answers.probabilities(index)
        let probability = probabilities[probabilities.startIndex + best]
        calibration.add(probability: probability, isCorrect: label == best)
        if label != best {
          errors.append(Mistake(index: offset + index, label: label, prediction: best, probability: probability))
        }
      }
    }
  }

  /// The mistakes, the most confident first.
  package var mostConfidentErrors: [Mistake] {
    // NaN comes last; equal probabilities stay in the order of the data.
    func rank(_ mistake: Mistake) -> Float { mistake.probability.isNaN ? -1 : mistake.probability }
    return errors.sorted { (rank($0), $1.index) > (rank($1), $0.index) }
  }

  /// The 95 % interval of the accuracy.
  package var accuracyInterval: WilsonInterval { WilsonInterval(successes: score.correct, of: score.count) }

  package func measures(of index: Int) -> ClassMeasures {
    ClassMeasures(
      hits: confusion[index][index], given: confusion.reduce(0) { $0 + $1[index] }, real: confusion[index].reduce(0, +))
  }

  /// The mean of a measure over all classes, each counting the same (macro average).
  package func macroAverage(_ measure: KeyPath<ClassMeasures, Double>) -> Double {
    classes.indices.reduce(0) { $0 + measures(of: $1)[keyPath: measure] } / Double(classes.count)
  }

  /// Compares this evaluation with that of another model on the same examples.
  ///
  /// - Precondition: both are of the same data.
  package func compared(with other: Evaluation) -> McNemarTest {
    let (mine, theirs) = (Set(errors.map(\.index)), Set(other.errors.map(\.index)))
    return McNemarTest(onlyFirst: theirs.subtracting(mine).count, onlySecond: mine.subtracting(theirs).count)
  }
}

/// What a network, or an ensemble of them, gets right and wrong on labelled data.
public struct Evaluation: Sendable {
  public struct Mistake: Sendable {
    /// The example's place in the data.
    public let index: Int
    public let label: Int
    public let prediction: Int
    /// That the network gives its prediction.
    public let probability: Float
  }

  public let classes: [String]
  public private(set) var score = Score()
  /// Examples by true class (outer) and given class (inner).
  public private(set) var confusion: [[Int]]
  /// In the order of the data.
  public private(set) var errors: [Mistake] = []

  /// - Precondition: the data is labelled and fits the network.
  public init(_ ensemble: Ensemble, on dataset: Dataset, pool: WorkerPool) {
    classes = ensemble.classes
    confusion = Array(repeating: Array(repeating: 0, count: ensemble.classCount), count: ensemble.classCount)
    let labels = dataset.labels ?? []
    Predictor(ensemble, pool: pool).forEachBlock(dataset, at: 0..<dataset.count) { offset, answers in
      for index in 0..<answers.count {
        let (label, best) = (Int(labels[offset + index]), answers.best[index])
        confusion[label][best] += 1
        score += Score(count: 1, correct: label == best ? 1 : 0, lossSum: answers.losses[index])
        if label != best {
          let probabilities = answers.probabilities(index)
          errors.append(
            Mistake(
              index: offset + index, label: label, prediction: best,
              probability: probabilities[probabilities.startIndex + best]))
        }
      }
    }
  }

  /// Precision, recall and their harmonic mean for a class; 0 where there is nothing to divide by, as scikit-learn has it.
  public func measures(of index: Int) -> (precision: Double, recall: Double, f1: Double) {
    let hits = confusion[index][index]
    let given = confusion.reduce(0) { $0 + $1[index] }
    let real = confusion[index].reduce(0, +)
    func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    return (share(hits, given), share(hits, real), share(2 * hits, given + real))
  }
}

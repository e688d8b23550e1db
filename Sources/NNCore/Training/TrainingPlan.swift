/// What training is to do.
package struct TrainingPlan: Sendable, Equatable {
  package enum Length: Sendable, Equatable {
    case epochs(Int)
    /// A number of updates.
    case iterations(Int)
  }

  package var length = Length.epochs(10)
  /// Examples an update; nil for all of them.
  package var batchSize: Int? = 128
  package var learningRate = 0.001
  package var schedule = Schedule.constant
  package var optimizer = Optimizer(.adam)
  /// Seed of the shuffling and of the choice of validation examples.
  package var seed: UInt32 = 1
  /// Whether each epoch takes the examples in a new random order.
  package var shuffles = true
  /// Whether and how pictures are drawn anew.
  package var augmentation = AugmentationKind.none

  package init() {}

  /// Whether each update is on all of `examples`, so that the same batch comes again and again.
  package func isFullBatch(of examples: Int) -> Bool { (batchSize ?? examples) >= examples }

  /// The number of updates in an epoch of `examples`. The last batch may be smaller than `batchSize`.
  package func steps(anEpochOf examples: Int) -> Int {
    let size = min(batchSize ?? examples, examples)
    return (examples + size - 1) / size
  }

  /// The number of updates in the whole training.
  package func steps(on examples: Int) -> Int {
    switch length {
    case .epochs(let count): count * steps(anEpochOf: examples)
    case .iterations(let count): count
    }
  }
}

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
  /// How the learning rate goes up at the start; nil if it doesn't.
  package var warmup: Warmup?
  /// For the schedule `step`: epochs between two drops of the learning rate, and the factor of a drop.
  package var stepEpochs = 3.0
  package var stepFactor = 0.1
  package var optimizer = Optimizer(.adam)
  package var regularization = Regularization()
  package var teaching = Teaching()
  package var keep = Keeping.last
  /// Epochs without a better validation after which training ends; nil for any number.
  package var patience: Int?
  /// The validation accuracy at which training ends; nil for none.
  package var targetAccuracy: Double?
  /// Seed of the shuffling and of the choice of validation examples.
  package var seed: UInt32 = 1
  /// Whether each epoch takes the examples in a new random order.
  package var shuffles = true
  /// Whether and how pictures are drawn anew.
  package var augmentation = AugmentationKind.none

  package init() {}

  /// Whether validation decides what is kept, or when training ends.
  var goesByValidation: Bool { keep != .last || patience != nil || targetAccuracy != nil }

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

/// What training is to do.
package struct TrainingPlan: Sendable, Equatable {
  package enum Length: Sendable, Equatable {
    case epochs(Int)
    /// So many updates.
    case iterations(Int)
  }

  package var length = Length.epochs(10)
  /// Examples an update; nil for all of them.
  package var batchSize: Int? = 128
  package var learningRate = 0.001
  package var schedule = Schedule.constant
  package var optimizer = Optimizer(.adam)
  /// Of the shuffling, and of the choice of validation examples.
  package var seed: UInt32 = 1
  /// Whether each epoch takes the examples in a new random order.
  package var shuffles = true
  /// Whether pictures are drawn anew for each update, see `Augmentation`.
  package var augments = false

  package init() {}

  /// Updates an epoch of `examples` takes; the last may be of fewer than `batchSize`.
  package func steps(anEpochOf examples: Int) -> Int {
    let size = min(batchSize ?? examples, examples)
    return (examples + size - 1) / size
  }

  /// Updates the whole of training takes.
  package func steps(on examples: Int) -> Int {
    switch length {
    case .epochs(let count): count * steps(anEpochOf: examples)
    case .iterations(let count): count
    }
  }
}

/// How the learning rate changes as training goes on.
package enum Schedule: String, CaseIterable, Sendable {
  case constant
  /// Down to 0 in a straight line.
  case linear
  /// Down to 0 along half a cosine wave (Loshchilov and Hutter, 2017).
  case cosine

  /// What the learning rate is multiplied by for the update `step`, from 0, of `total`.
  package func factor(step: Int, of total: Int) -> Double {
    let share = Double(step) / Double(max(total, 1))
    return switch self {
    case .constant: 1
    case .linear: 1 - share
    case .cosine: (1 + cos(.pi * share)) / 2
    }
  }
}

/// How far training has come.
package struct TrainingPosition: Sendable, Equatable {
  /// Updates done.
  package var step = 0
  /// The score over the batches of an epoch that is not at its end.
  package var partial = Score()

  package init() {}
}

/// A line of the training log.
package struct TrainingRecord: Sendable {
  /// Updates done; in a log of every so many steps, the number of the step from 0.
  package let step: Int
  /// From 1.
  package let epoch: Int
  /// On the training examples, each batch before its update.
  package let training: Score
  package let validation: Score?
  package let learningRate: Double
}

/// Training came to a loss, or to parameters, that are no numbers.
package struct TrainingDiverged: Error, CustomStringConvertible {
  package let epoch: Int
  /// The update, from 1, before which it showed.
  package let step: Int
  package let what: String
  package let learningRate: Double

  package var description: String {
    "training diverged in epoch \(epoch), step \(step): \(what)"
  }

  package var remedy: Remedy { .lowerLearningRate(learningRate) }
}

/// What training is to do.
public struct TrainingPlan: Sendable, Equatable {
  public enum Length: Sendable, Equatable {
    case epochs(Int)
    /// So many updates.
    case iterations(Int)
  }

  public var length = Length.epochs(10)
  /// Examples an update; nil for all of them.
  public var batchSize: Int? = 128
  public var learningRate = 0.001
  public var schedule = Schedule.constant
  public var optimizer = Optimizer(.adam)
  /// Of the shuffling, and of the choice of validation examples.
  public var seed: UInt32 = 1
  /// Whether each epoch takes the examples in a new random order.
  public var shuffles = true
  /// Whether pictures are drawn anew for each update, see `Augmentation`.
  public var augments = false

  public init() {}

  /// Updates an epoch of `examples` takes; the last may be of fewer than `batchSize`.
  public func steps(anEpochOf examples: Int) -> Int {
    let size = min(batchSize ?? examples, examples)
    return (examples + size - 1) / size
  }

  /// Updates the whole of training takes.
  public func steps(on examples: Int) -> Int {
    switch length {
    case .epochs(let count): count * steps(anEpochOf: examples)
    case .iterations(let count): count
    }
  }
}

/// How the learning rate changes as training goes on.
public enum Schedule: String, CaseIterable, Sendable {
  case constant
  /// Down to 0 in a straight line.
  case linear
  /// Down to 0 along half a cosine wave (Loshchilov and Hutter, 2017).
  case cosine

  /// What the learning rate is multiplied by for the update `step`, from 0, of `total`.
  public func factor(step: Int, of total: Int) -> Double {
    let share = Double(step) / Double(max(total, 1))
    return switch self {
    case .constant: 1
    case .linear: 1 - share
    case .cosine: (1 + cos(.pi * share)) / 2
    }
  }
}

/// How far training has come.
public struct TrainingPosition: Sendable, Equatable {
  /// Updates done.
  public var step = 0
  /// The score over the batches of an epoch that is not at its end.
  public var partial = Score()

  public init() {}
}

/// A line of the training log.
public struct TrainingRecord: Sendable {
  /// Updates done; in a log of every so many steps, the number of the step from 0.
  public let step: Int
  /// From 1.
  public let epoch: Int
  /// On the training examples, each batch before its update.
  public let training: Score
  public let validation: Score?
  public let learningRate: Double
}

/// Training came to a loss, or to parameters, that are no numbers.
public struct TrainingDiverged: Error, CustomStringConvertible {
  public let epoch: Int
  /// The update, from 1, before which it showed.
  public let step: Int
  public let what: String
  public let learningRate: Double

  public var description: String {
    "training diverged in epoch \(epoch), step \(step): \(what); try a --learning-rate below \(learningRate)"
  }
}

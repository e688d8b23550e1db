/// Runs an engine over the examples, epoch by epoch.
package struct Trainer {
  package let engine: any TrainingEngine
  package let plan: TrainingPlan
  /// Places of the training examples in the engine's data.
  private let examples: [Int]
  private let validation: (dataset: Dataset, places: [Int])?
  /// Steps between the lines of the log; nil for a line an epoch.
  private let logInterval: Int?
  package private(set) var position: TrainingPosition
  /// The best epoch so far; nil before the first, and where the plan doesn't ask for it.
  package private(set) var best: BestEpoch?

  package var exampleCount: Int { examples.count }

  /// Whether all updates of the plan are done.
  package var isComplete: Bool { position.step >= plan.steps(on: examples.count) }

  /// The epoch of the last update, from 1; 0 before the first.
  package var epoch: Int {
    let stepsAnEpoch = plan.steps(anEpochOf: examples.count)
    return (position.step + stepsAnEpoch - 1) / stepsAnEpoch
  }

  /// Training as it is now.
  package var snapshot: TrainingSnapshot {
    TrainingSnapshot(engine, plan, at: position, exampleCount: examples.count, best: best)
  }

  /// The parameters that training gives.
  package var result: [Layer] { kept?.layers ?? engine.layers }

  /// The epoch whose parameters training gives; nil if these are the last.
  package var kept: BestEpoch? { plan.keep == .last ? nil : best }

  /// - Parameters:
  ///   - position: where to go on, for an engine that has done as many updates.
  ///   - best: the best epoch up to there.
  /// - Precondition: there are examples.
  package init(
    _ engine: any TrainingEngine, plan: TrainingPlan, examples: [Int],
    validation: (dataset: Dataset, places: [Int])? = nil,
    logInterval: Int? = nil, from position: TrainingPosition = TrainingPosition(),
    best: BestEpoch? = nil
  ) {
    precondition(!examples.isEmpty)
    (self.engine, self.plan, self.examples) = (engine, plan, examples)
    (self.validation, self.logInterval, self.position, self.best) = (validation, logInterval, position, best)
  }

  /// Trains to the plan's end, or until the observer ends it.
  ///
  /// - Returns: why it ended early; nil at the plan's end.
  /// - Throws: `TrainingDiverged`, and what the observer throws.
  package mutating func run(_ observer: some TrainingObserver) throws -> EarlyEnd? {
    let stepsAnEpoch = plan.steps(anEpochOf: examples.count)
    let total = plan.steps(on: examples.count)
    let size = min(plan.batchSize ?? examples.count, examples.count)
    var random = RandomState(seed: plan.seed)
    var order = examples
    // Draws the orders of the past epochs again, so that training goes on exactly as without the interruption.
    for _ in 0..<position.step / stepsAnEpoch { shuffle(&order, with: &random) }

    while position.step < total {
      if let end = goalReached(stepsAnEpoch) {
        try requireFinite()
        return end
      }
      shuffle(&order, with: &random)
      let epoch = position.step / stepsAnEpoch + 1
      for batch in position.step % stepsAnEpoch..<stepsAnEpoch where position.step < total {
        if let end = observer.earlyEnd {
          if end == .timeLimit { try endEarly(epoch, stepsAnEpoch: stepsAnEpoch, observer) }
          return end
        }
        let rest = order[min(batch * size, order.count)...]
        let score = try step(rest.prefix(size), upcoming: rest.dropFirst(size).prefix(size), epoch: epoch, observer)
        observer.stepped(position.step, of: total, training: score)
        if position.step % stepsAnEpoch != 0, position.step < total { try observer.paused(snapshot) }
      }
      try endEpoch(epoch, isWhole: position.step % stepsAnEpoch == 0, stepsAnEpoch: stepsAnEpoch, observer)
    }
    try requireFinite()
    return goalReached(stepsAnEpoch)
  }

  /// Why training has done enough at the end of an epoch; nil if it hasn't, or is within an epoch.
  private func goalReached(_ stepsAnEpoch: Int) -> EarlyEnd? {
    guard position.step % stepsAnEpoch == 0 else { return nil }
    if let target = plan.targetAccuracy, let validation = position.last?.validation, validation.accuracy >= target {
      return .targetAccuracy
    }
    if let patience = plan.patience, let best, position.step / stepsAnEpoch - best.epoch >= patience {
      return .patience
    }
    return nil
  }

  /// Keeps the epoch if it is the best so far.
  private mutating func compare(_ epoch: Int, _ validation: Score) {
    guard plan.keep != .last || plan.patience != nil else { return }
    if let best, !plan.keep.prefers(validation, to: best.validation) { return }
    best = BestEpoch(epoch: epoch, validation: validation, layers: engine.layers)
  }

  /// Records training as it is now, as at the plan's end.
  private mutating func endEarly(_ epoch: Int, stepsAnEpoch: Int, _ observer: some TrainingObserver) throws {
    if position.step % stepsAnEpoch != 0 {
      try endEpoch(epoch, isWhole: false, stepsAnEpoch: stepsAnEpoch, observer)
    } else if position.last?.validation == nil {
      position.last?.validation = validation.map { engine.score($0.dataset, at: $0.places) }
    }
    try requireFinite()
  }

  private func requireFinite() throws {
    guard engine.layers.allSatisfy(\.isFinite) else {
      throw diverged("a parameter is not finite")
    }
  }

  private func shuffle(_ order: inout [Int], with random: inout RandomState) {
    guard plan.shuffles, !plan.isFullBatch(of: examples.count) else { return }
    order = examples
    random.shuffle(&order)
  }

  private mutating func step(
    _ places: ArraySlice<Int>, upcoming: ArraySlice<Int>, epoch: Int, _ observer: some TrainingObserver
  ) throws -> Score {
    let isLogged = logInterval.map { position.step % $0 == 0 } ?? false
    let before = isLogged ? validation.map { engine.score($0.dataset, at: $0.places) } : nil
    let rate = plan.learningRate(of: position.step, on: examples.count)
    let score = engine.step(at: places, learningRate: rate, upcoming: upcoming)
    guard score.lossSum.isFinite else { throw diverged("the loss is \(score.loss)") }
    let record = TrainingRecord(
      step: position.step, epoch: epoch, training: score, validation: before, learningRate: rate)
    if isLogged { try observer.logged(record) }
    position.step += 1
    position.partial += score
    return score
  }

  private mutating func endEpoch(
    _ epoch: Int, isWhole: Bool, stepsAnEpoch: Int, _ observer: some TrainingObserver
  ) throws {
    // With one step an epoch and a log every so many steps, only logged steps are validated, unless validation decides.
    let validates =
      plan.goesByValidation || logInterval == nil || stepsAnEpoch > 1 || position.step == plan.steps(on: examples.count)
    let record = TrainingRecord(
      step: position.step, epoch: epoch, training: position.partial,
      validation: validates ? validation.map { engine.score($0.dataset, at: $0.places) } : nil,
      learningRate: plan.learningRate(of: position.step - 1, on: examples.count))
    position.last = EpochScores(epoch: epoch, training: record.training, validation: record.validation)
    // A part of an epoch is no candidate: where training stops must not decide what is kept after going on.
    if isWhole, let validation = record.validation { compare(epoch, validation) }
    if isWhole { position.partial = Score() }
    if logInterval == nil { try observer.logged(record) }
    try observer.endedEpoch(record, snapshot: snapshot)
  }

  private func diverged(_ what: String) -> TrainingDiverged {
    let stepsAnEpoch = plan.steps(anEpochOf: examples.count)
    return TrainingDiverged(
      epoch: position.step / stepsAnEpoch + 1, step: position.step + 1, what: what, learningRate: plan.learningRate)
  }
}

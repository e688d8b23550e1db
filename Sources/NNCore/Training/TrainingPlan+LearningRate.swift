extension TrainingPlan {
  /// The learning rate of update `step`, from 0, of training on `examples` examples.
  ///
  /// During a warm-up of n updates the rate goes up in a straight line, 1 / (n + 1) of it in the first update and
  /// n / (n + 1) in the last; the schedule then has the other updates. This is PyTorch's `SequentialLR` of a `LinearLR`
  /// and the schedule. A one-cycle schedule goes up by itself, and the warm-up tells for how long.
  package func learningRate(of step: Int, on examples: Int) -> Double {
    let (total, stepsAnEpoch) = (steps(on: examples), steps(anEpochOf: examples))
    let rise = warmup?.steps(of: total, stepsAnEpoch: stepsAnEpoch)
    guard schedule != .oneCycle else {
      return learningRate * schedule.factor(step: step, of: total, rise: rise)
    }
    let warm = Int((rise ?? 0).rounded())
    guard step >= warm else { return learningRate * Double(step + 1) / Double(warm + 1) }
    return learningRate
      * schedule.factor(
        step: step - warm, of: total - warm, drop: (stepFactor, stepEpochs * Double(stepsAnEpoch)))
  }
}

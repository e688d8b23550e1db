/// Training at a moment between two updates, from which a checkpoint can be made.
package struct TrainingSnapshot {
  package let position: TrainingPosition
  private let engine: any TrainingEngine
  private let plan: TrainingPlan
  private let exampleCount: Int
  private let best: BestEpoch?

  init(
    _ engine: any TrainingEngine, _ plan: TrainingPlan, at position: TrainingPosition, exampleCount: Int,
    best: BestEpoch?
  ) {
    (self.engine, self.plan, self.position, self.exampleCount) = (engine, plan, position, exampleCount)
    self.best = best
  }

  /// Makes the checkpoint. The engine copies its parameters, so that it takes time.
  ///
  /// - Parameter network: the network that is trained, for what a model says beside its parameters.
  package func checkpoint(of network: Network) -> Checkpoint {
    var network = network
    network.layers = engine.layers
    return Checkpoint(
      network: network, plan: plan, position: position, exampleCount: exampleCount,
      optimizerTensors: engine.optimizerTensors, best: best)
  }
}

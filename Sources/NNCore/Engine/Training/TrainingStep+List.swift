// Phase 1: list.

extension TrainingStep {
  /// Makes a worker's share of a batch ready for the first layer. Mostly this happens in the step before, as soon as
  /// the worker is done with its updates.
  func list(_ layer: any FirstLayer, _ worker: Int) {
    layer.list(worker)
  }
}

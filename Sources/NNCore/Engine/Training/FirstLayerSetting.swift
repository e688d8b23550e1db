/// What the first layer of training works on, whatever the kind of its inputs.
struct FirstLayerSetting {
  let network: FastNetwork
  let inputs: NetworkInputs
  let quads: InputQuads
  /// For each quad of inputs, the share of examples in which one of it is not zero.
  let quadUsage: [Double]
  /// Whether all steps are on the same examples, so that it pays to look for the best order of them.
  let repeatsBatch: Bool
  let workers: Int
  /// For each worker and quad of inputs, whether the moments of their weights may differ from zero.
  let hasMoments: [Buffer<Bool>]

  func plan(capacity: Int, listsInputs: Bool) -> WorkPlan {
    WorkPlan(
      panels: network.layers[0].panels, quadUsage: quadUsage, batch: capacity, workers: workers,
      listsInputs: listsInputs)
  }
}

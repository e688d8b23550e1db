// Phase 2: forward.

extension TrainingStep {
  /// Examples that go through the first layer between two prefetches.
  private static let rowsBetweenPrefetches = 16

  /// Takes the examples of a worker's shares through its panels of the first layer.
  func forwardFirstLayer(_ worker: Int) {
    let shares = plan.shares(of: worker)
    let total = shares.reduce(0) { $0 + batch.listedRows[$1].count }
    var prefetcher = Prefetcher(next.batch, inputs, worker: worker, total: total)
    for share in shares {
      let rows = batch.listedRows[share]
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsBetweenPrefetches) {
        let part = start..<min(start + Self.rowsBetweenPrefetches, rows.upperBound)
        first.forward(worker, share: share, rows: part, outputs: workspace.outputs)
        prefetcher.advance(part.count)
      }
    }
  }

  /// Takes rows of the batch from the first layer's outputs to the logits.
  func forward(_ rows: Range<Int>) {
    let (outputs, derivatives) = (workspace.outputs, workspace.derivatives)
    guard workspace.dropped != nil else { return network.laterLayers(outputs, rows: rows, derivatives: derivatives) }
    for (index, layer) in network.layers.enumerated().dropFirst() {
      network.finish(index - 1, outputs, rows: rows, derivatives: derivatives)
      dropOut(index - 1, rows)
      network.kernels.denseForward(
        inputs(of: index, rows), inputCount: layer.inputCount, layer: layer.forwardPanels(0..<layer.panels),
        outputs: outputs.rows(index, rows))
    }
  }
}

import NNKernelTypes

// Dropout of hidden neurons: between forward products, and again as gradients go back.

extension TrainingStep {
  /// What a layer after the first takes of rows of the batch: the outputs of the layer before, after dropout.
  func inputs(of index: Int, _ rows: Range<Int>) -> Rows {
    Rows((workspace.dropped ?? workspace.outputs).rows(index - 1, rows))
  }

  /// Drops outputs of a hidden layer for rows of the batch.
  func dropOut(_ index: Int, _ rows: Range<Int>) {
    guard let dropout = rules.dropout, let dropped = workspace.dropped, let masks = workspace.masks else { return }
    let layer = index + 1
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { keys in
      for row in rows {
        keys[row - rows.lowerBound] = dropout.key(place: places[row], step: number, layer: layer)
      }
      network.kernels.dropOut(
        Rows(workspace.outputs.rows(index, rows)), panels: network.layers[index].panels, keys: keys.baseAddress!,
        rate: dropout.rate(layer), dropped: dropped.rows(index, rows), masks: masks.rows(index, rows))
    }
  }

  /// Takes the gradients by a hidden layer's pre-activations back through its dropout.
  func applyMasks(_ index: Int, _ rows: Range<Int>) {
    guard let masks = workspace.masks else { return }
    network.kernels.applyMasks(
      Rows(masks.rows(index, rows)),
      to: workspace.gradients(index, rows, panels: 0..<network.layers[index].panels))
  }
}

extension Dropout {
  /// A layer's rate as the kernels take it.
  func rate(_ layer: Int) -> DropoutRate { DropoutRate(threshold: threshold(layer), gain: Float(gain(layer))) }
}

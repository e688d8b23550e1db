import NNKernelTypes

// Phase 4: backward.

extension TrainingStep {
  /// Takes gradients of rows of the batch from the logits back to the first layer's pre-activations.
  func backward(_ rows: Range<Int>) {
    for index in network.layers.indices.dropFirst().reversed() {
      let (layer, previous) = (network.layers[index], network.layers[index - 1])
      let transposed = Panels(layer.transposedPanels!)
      let outputs = previous.activation == .gelu ? workspace.derivatives! : workspace.outputs
      network.kernels.denseBackward(
        Panels(workspace.gradients(index, rows, panels: 0..<layer.panels)), outputCount: layer.outputCount,
        transposed: transposed,
        previous: (outputs: Rows(outputs.rows(index - 1, rows)), activation: previous.outputActivation),
        targets: workspace.gradients(index - 1, rows, panels: 0..<previous.panels))
      applyMasks(index - 1, rows)
    }
  }
}

/// Memory for what is quantised in a step.
struct QuantizedMemory {
  /// For each worker, its panels of the weights.
  let weights: [QuantizedPanelBuffer]
  /// For each block of examples, the gradients by the layer's pre-activations.
  let gradients: [QuantizedPanelBuffer]

  /// - Parameter capacity: examples of the largest batch.
  init(_ setting: FirstLayerSetting, capacity: Int) {
    let layer = setting.network.layers[0]
    weights = (0..<setting.workers).map { _ in QuantizedPanelBuffer(rows: layer.inputCount, panels: layer.panels) }
    gradients = (0..<BatchBlocks(examples: capacity).count).map { _ in
      QuantizedPanelBuffer(rows: BatchBlocks.maximumSize, panels: layer.panels)
    }
  }
}

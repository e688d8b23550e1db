import NNKernelTypes

/// The one place that decides how inputs go through the first layer: as lists of non-zero pixels, as rows of Floats,
/// or quantised. No other code asks which it is.
enum FirstLayerChoice {
  /// The density of inputs up to which leaving out zeros is faster than multiplying them.
  private static let maximumSparseDensity = 0.5

  private static func isSparse(_ inputs: NetworkInputs) -> Bool { inputs.density <= maximumSparseDensity }

  /// What a worker prepares examples in for answers.
  ///
  /// - Parameter capacity: examples at a time.
  static func preparedInputs(
    _ inputs: NetworkInputs, kernels: any KernelSet, capacity: Int
  ) -> any PreparedInputs {
    isSparse(inputs) ? SparseInputs(inputs, kernels: kernels) : DenseInputs(inputs, capacity: capacity)
  }

  /// The first layer of training, for batches of up to `capacity` examples: for the batch that is learned from, and for
  /// the next.
  static func firstLayers(
    _ setting: FirstLayerSetting, optimizer: Optimizer, capacity: Int
  ) -> (current: any FirstLayer, next: any FirstLayer) {
    let plan = setting.plan(capacity: capacity, listsInputs: isSparse(setting.inputs))
    guard isSparse(setting.inputs) else {
      let rows = DenseRows(width: setting.inputs.width, capacity: capacity)
      return (DenseFirstLayer(setting, plan, rows: rows), DenseFirstLayer(setting, plan, rows: rows))
    }
    guard suitsQuantization(setting, optimizer: optimizer, batch: capacity) else {
      return (SparseFirstLayer(setting, plan), SparseFirstLayer(setting, plan))
    }
    let memory = QuantizedMemory(setting, capacity: capacity)
    return (QuantizedFirstLayer(setting, plan, memory), QuantizedFirstLayer(setting, plan, memory))
  }

  /// Whether the first layer's products for batches of `batch` examples are to be quantised, which is nearly twice as
  /// fast.
  ///
  /// The 16 bits of a number leave the loss of a batch right to about 1e-6. That is enough where a large batch makes up
  /// for the errors of single examples, and where an update is off by no more than its gradient: Adam would take a
  /// gradient of nearly nothing for as good as any other, so the optimiser must be linear. Lists of pairs pay only
  /// where the same batch comes again and again. And no weight may be so large that little is left of the others.
  private static func suitsQuantization(_ setting: FirstLayerSetting, optimizer: Optimizer, batch: Int) -> Bool {
    setting.repeatsBatch && optimizer.isLinear && batch > BatchBlocks.maximumSize
      && setting.network.layers[0].hasEvenWeights(within: 256)
  }
}

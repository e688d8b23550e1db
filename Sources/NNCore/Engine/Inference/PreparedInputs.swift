import NNKernelTypes

/// Examples made ready for the first layer, and their product with its weights. A worker of a `ForwardPass` has one.
protocol PreparedInputs {
  /// Makes examples ready, in place of the ones before.
  mutating func prepare(_ examples: ExampleRun)
  /// Takes all of them through the first layer.
  func forward(_ network: FastNetwork, to outputs: MutableRows)
}

import NNKernelTypes

/// Memory for what each layer of a network gives for the examples of a batch.
final class LayerOutputs {
  /// Examples that there is room for.
  let capacity: Int
  private let outputs: [Buffer<Float>]
  private let strides: [Int]

  init(_ network: FastNetwork, capacity: Int) {
    self.capacity = capacity
    strides = network.layers.map(\.outputStride)
    outputs = strides.map { Buffer(capacity * $0) }
  }

  /// The outputs of a layer for some rows of the batch, from a panel on.
  func rows(_ layer: Int, _ rows: Range<Int>, panel: Int = 0) -> MutableRows {
    MutableRows(
      start: outputs[layer].start + rows.lowerBound * strides[layer] + panel * lanes, stride: strides[layer],
      count: rows.count)
  }
}

extension Rows {
  /// Rows that a kernel wrote, for another kernel to read.
  init(_ rows: MutableRows) {
    self.init(start: rows.start, stride: rows.stride, count: rows.count)
  }
}

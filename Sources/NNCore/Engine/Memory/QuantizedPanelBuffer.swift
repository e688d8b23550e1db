import NNKernelTypes

/// Memory for a quantised matrix.
package struct QuantizedPanelBuffer {
  private let words: Buffer<Int32>
  private let scales: Buffer<Float>
  private let stride: Int
  private let count: Int

  package init(rows: Int, panels: Int) {
    (stride, count) = (((rows + 1) / 2 + 1) * lanes, panels)
    words = Buffer(panels * stride)
    scales = Buffer(panels * lanes)
  }

  /// The matrix as the kernels take it, from a panel on.
  package func panels(from panel: Int = 0) -> QuantizedPanels {
    QuantizedPanels(
      words: words.start + panel * stride, scales: scales.start + panel * lanes, stride: stride, count: count - panel)
  }
}

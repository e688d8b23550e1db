import NNKernels

/// Memory for a matrix in fixed point.
package struct FixedPanels {
  private let words: Buffer<Int32>
  private let scales: Buffer<Float>
  private let panelStride: Int

  package init(rows: Int, panels: Int) {
    panelStride = ((rows + 1) / 2 + 1) * lanes
    words = Buffer(panels * panelStride)
    scales = Buffer(panels * lanes)
  }

  /// As the kernels take it, from a panel on.
  package func matrix(from panel: Int = 0) -> FixedMatrix {
    FixedMatrix(
      words: words.start + panel * panelStride, scales: scales.start + panel * lanes, panelStride: panelStride)
  }
}

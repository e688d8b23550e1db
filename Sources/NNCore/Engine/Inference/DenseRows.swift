import NNKernelTypes

/// Memory for the inputs of examples as Floats, a row an example.
final class DenseRows {
  private let buffer: Buffer<Float>
  private let stride: Int

  init(width: Int, capacity: Int) {
    stride = (width + lanes - 1) / lanes * lanes + lanes
    buffer = Buffer(capacity * stride)
  }

  /// Copies the inputs of examples to the rows from `first` on.
  func copy(_ examples: ExampleRun, of inputs: NetworkInputs, to first: Int = 0) {
    for row in 0..<examples.count {
      inputs.copy(examples.places[row], pixels: examples.pixels?[row], to: buffer.start + (first + row) * stride)
    }
  }

  /// Drops inputs of rows.
  ///
  /// - Parameter keys: for each of the rows, what its random bits are made of.
  func dropOut(_ range: Range<Int>, keys: UnsafePointer<UInt32>, rate: DropoutRate, kernels: any KernelSet) {
    let panels = stride / lanes - 1
    let (own, masks) = (mutableRows(buffer, range), Buffer<Float>(range.count * stride))
    withExtendedLifetime(masks) {
      kernels.dropOut(
        rows(range), panels: panels, keys: keys, rate: rate, dropped: own,
        masks: MutableRows(start: masks.start, stride: stride, count: range.count))
    }
  }

  private func mutableRows(_ buffer: Buffer<Float>, _ range: Range<Int>) -> MutableRows {
    MutableRows(start: buffer.start + range.lowerBound * stride, stride: stride, count: range.count)
  }

  func rows(_ range: Range<Int>) -> Rows {
    Rows(start: buffer.start + range.lowerBound * stride, stride: stride, count: range.count)
  }
}

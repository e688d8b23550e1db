import NNKernelTypes

extension QuadListing {
  /// Examples between the ones being listed and the ones whose pixels are prefetched.
  private static var prefetchDistance: Int { 4 }

  /// Replaces all lists by one for each four examples. In place of examples that the last quad lacks stands its last.
  mutating func list(_ examples: ExampleRun, of inputs: NetworkInputs, kernels: any KernelSet) {
    removeAll()
    for row in stride(from: 0, to: examples.count, by: 4) {
      for later in row + Self.prefetchDistance..<row + Self.prefetchDistance + 4 where later < examples.count {
        inputs.prefetch(examples.places[later])
      }
      func pixels(_ member: Int) -> UnsafePointer<UInt8> {
        examples.pixels(min(row + member, examples.count - 1), of: inputs)
      }
      append(QuadRows(pixels(0), pixels(1), pixels(2), pixels(3)), width: inputs.width, kernels: kernels)
    }
  }
}

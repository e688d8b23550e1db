import NNKernelTypes

/// The teachers of a network: what they say, together, of the examples of each update.
final class Teacher {
  let teaching: Teaching
  private let passes: [ForwardPass]
  private let inputs: NetworkInputs
  private let classCount: Int
  /// For each row of the batch, the targets of all classes.
  private var targets = Buffer<Float>(0)
  /// The examples that the targets are of; nil if their pictures will be drawn anew.
  private var answered: ArraySlice<Int>?

  init(_ ensemble: Ensemble, _ teaching: Teaching, on dataset: Dataset, kernels: any KernelSet, pool: WorkerPool) {
    self.teaching = teaching
    passes = ensemble.networks.map {
      ForwardPass(FastNetwork($0.calibratedLayers, kernels: kernels), pool: pool)
    }
    inputs = NetworkInputs(dataset, scale: ensemble.scale)
    classCount = ensemble.classCount
  }

  /// The targets of a row of the batch.
  func targets(_ row: Int) -> UnsafePointer<Float> { UnsafePointer(targets.start + row * classCount) }

  /// Asks the teachers about the examples of a batch, as it shows them.
  ///
  /// - Parameter isDrawn: whether the pictures were drawn for this update alone.
  func answer(_ examples: ArrangedExamples, isDrawn: Bool, pool: WorkerPool) {
    guard isDrawn || answered != examples.given else { return }
    answered = isDrawn ? nil : examples.given
    let logits = passes.map { $0.logits(examples.places, pixels: examples.pixels, inputs: inputs) }
    if targets.count < examples.count * classCount { targets = Buffer(examples.count * classCount) }
    let (targets, classCount, teaching) = (targets, classCount, teaching)
    pool.split(examples.count) { _, rows in
      var mean = Array(repeating: 0.0, count: classCount)
      for row in rows {
        for index in 0..<classCount { mean[index] = 0 }
        for logits in logits {
          let own = logits[row * classCount..<(row + 1) * classCount]
          let level = own.max()!
          func power(_ logit: Float) -> Double { exp(Double(logit - level) / teaching.temperature) }
          let sum = own.reduce(0) { $0 + power($1) } * Double(passes.count)
          for (index, logit) in own.enumerated() { mean[index] += power(logit) / sum }
        }
        for index in 0..<classCount { targets.start[row * classCount + index] = Float(mean[index]) }
      }
    }
  }
}

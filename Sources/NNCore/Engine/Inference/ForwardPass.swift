import NNKernelTypes

/// Takes examples through a network, on all threads of a pool.
final class ForwardPass {
  private let network: FastNetwork
  private let pool: WorkerPool
  private var workers: [Worker] = []

  private final class Worker {
    var inputs: any PreparedInputs
    let outputs: LayerOutputs
    let labels = Buffer<Int32>(ForwardPass.batchSize)
    let answers = Buffer<Answer>(ForwardPass.batchSize)

    init(_ inputs: any PreparedInputs, _ network: FastNetwork) {
      (self.inputs, outputs) = (inputs, LayerOutputs(network, capacity: ForwardPass.batchSize))
    }
  }

  /// Examples that go through the layers together.
  fileprivate static let batchSize = 48

  init(_ network: FastNetwork, pool: WorkerPool) {
    (self.network, self.pool) = (network, pool)
  }

  /// The answers for the examples at `places`.
  ///
  /// - Parameter labels: the labels of all examples of the data, if they are known.
  func answers(_ places: [Int], inputs: NetworkInputs, labels: [UInt16]?) -> Predictor.Answers {
    let (classCount, last) = (network.classCount, network.last)
    var flat = Array(repeating: Float(0), count: places.count * classCount)
    var best = Array(repeating: 0, count: places.count)
    var losses = Array(repeating: 0.0, count: places.count)
    flat.withUnsafeMutableBufferPointer { flat in
      best.withUnsafeMutableBufferPointer { best in
        losses.withUnsafeMutableBufferPointer { losses in
          run(places, inputs) { worker, examples in
            let (known, told) = (worker.labels.start, worker.answers.start)
            if let labels {
              for (row, example) in examples.enumerated() { known[row] = Int32(labels[places[example]]) }
            }
            network.softmax(
              worker.outputs, rows: 0..<examples.count, labels: labels == nil ? nil : UnsafePointer(known),
              answers: told)
            for (row, example) in examples.enumerated() {
              best[example] = Int(told[row].best)
              losses[example] = labels == nil ? 0 : told[row].loss
              let probabilities = worker.outputs.rows(last, row..<row + 1).start
              for output in 0..<classCount { flat[example * classCount + output] = probabilities[output] }
            }
          }
        }
      }
    }
    return Predictor.Answers(classCount: classCount, flat: flat, best: best, losses: losses)
  }

  /// The logits of the examples at `places`, example by example.
  ///
  /// - Parameter pixels: where the examples' pixels are; empty if they are in the data.
  func logits(_ places: [Int], pixels: [UnsafePointer<UInt8>] = [], inputs: NetworkInputs) -> [Float] {
    let (classCount, last) = (network.classCount, network.last)
    var flat = Array(repeating: Float(0), count: places.count * classCount)
    flat.withUnsafeMutableBufferPointer { flat in
      run(places, pixels: pixels, inputs) { worker, examples in
        for (row, example) in examples.enumerated() {
          let logits = worker.outputs.rows(last, row..<row + 1).start
          for output in 0..<classCount { flat[example * classCount + output] = logits[output] }
        }
      }
    }
    return flat
  }

  /// Takes the examples at `places` to their logits. Calls `body` on all threads, with some examples at a time: a run
  /// of indices of `places`, whose logits are the rows of the worker's outputs.
  private func run(
    _ places: [Int], pixels: [UnsafePointer<UInt8>] = [], _ inputs: NetworkInputs, _ body: (Worker, Range<Int>) -> Void
  ) {
    let workers = (0..<pool.count).map { number in
      let prepared = FirstLayerChoice.preparedInputs(inputs, kernels: network.kernels, capacity: Self.batchSize)
      guard number < self.workers.count else { return Worker(prepared, network) }
      self.workers[number].inputs = prepared
      return self.workers[number]
    }
    self.workers = workers
    places.withUnsafeBufferPointer { places in
      pixels.withUnsafeBufferPointer { pixels in
        pool.split(places.count) { number, range in
          let worker = workers[number]
          for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.batchSize) {
            let count = min(Self.batchSize, range.upperBound - start)
            worker.inputs.prepare(
              ExampleRun(
                places: places.baseAddress! + start, pixels: pixels.isEmpty ? nil : pixels.baseAddress! + start,
                count: count))
            worker.inputs.forward(network, to: worker.outputs.rows(0, 0..<count))
            network.laterLayers(worker.outputs, rows: 0..<count)
            body(worker, start..<start + count)
          }
        }
      }
    }
  }
}

import NNKernels

/// Takes examples through a network, on all threads of a pool.
final class ForwardPass {
  private let network: FastNetwork
  private let pool: WorkerPool
  private var workers: [Worker] = []
  /// The data that the workers' room is for.
  private var isSparse = false

  private final class Worker {
    let batch: Batch
    var lists = QuadLists()
    let labels = Buffer<Int32>(ForwardPass.batchSize)
    let answers = Buffer<Answer>(ForwardPass.batchSize)

    init(_ batch: Batch) {
      self.batch = batch
    }
  }

  /// Examples that go through the layers together.
  fileprivate static let batchSize = 48

  init(_ network: FastNetwork, pool: WorkerPool) {
    (self.network, self.pool) = (network, pool)
  }

  private var last: Int { network.layers.count - 1 }
  private var classCount: Int { network.layers[last].outputCount }

  /// The answers for the examples at `places`.
  ///
  /// - Parameter labels: of all examples, if they are known.
  func answers(_ places: [Int], inputs: NetworkInputs, labels: [UInt16]?) -> Predictor.Answers {
    let (classCount, last) = (classCount, last)
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
            network.finish(
              worker.batch, rows: 0..<examples.count, labels: labels == nil ? nil : UnsafePointer(known), answers: told)
            for (row, example) in examples.enumerated() {
              best[example] = Int(told[row].best)
              losses[example] = labels == nil ? 0 : told[row].loss
              let probabilities = worker.batch.outputs(last, row)
              for output in 0..<classCount { flat[example * classCount + output] = probabilities[output] }
            }
          }
        }
      }
    }
    return Predictor.Answers(classCount: classCount, flat: flat, best: best, losses: losses)
  }

  /// The last layer's sums for the examples at `places`, before softmax: one example's classes after the other's.
  func logits(_ places: [Int], inputs: NetworkInputs) -> [Float] {
    let (classCount, last) = (classCount, last)
    var flat = Array(repeating: Float(0), count: places.count * classCount)
    flat.withUnsafeMutableBufferPointer { flat in
      run(places, inputs) { worker, examples in
        for (row, example) in examples.enumerated() {
          let logits = worker.batch.outputs(last, row)
          for output in 0..<classCount { flat[example * classCount + output] = logits[output] }
        }
      }
    }
    return flat
  }

  /// Takes the examples at `places` to their logits, and calls `body`, on whatever thread, with some of them at a time: a
  /// run of indices of `places`, whose logits are the rows of the worker's batch.
  private func run(_ places: [Int], _ inputs: NetworkInputs, _ body: (Worker, Range<Int>) -> Void) {
    if workers.isEmpty || isSparse != inputs.isSparse {
      isSparse = inputs.isSparse
      workers = (0..<pool.count).map { _ in
        Worker(Batch(network, capacity: Self.batchSize, isSparse: inputs.isSparse))
      }
    }
    let workers = workers
    places.withUnsafeBufferPointer { places in
      pool.split(places.count) { number, range in
        let worker = workers[number]
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.batchSize) {
          let count = min(Self.batchSize, range.upperBound - start)
          network.forward(
            worker.batch, rows: 0..<count, places: places.baseAddress! + start, inputs: inputs, lists: &worker.lists)
          body(worker, start..<start + count)
        }
      }
    }
  }
}

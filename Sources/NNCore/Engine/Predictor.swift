import NNKernels

/// Runs a network forward over the examples of a data set, on all threads of a pool.
public final class Predictor {
  private let network: FastNetwork
  private let scale: Scale
  private let pool: WorkerPool
  private var workers: [Worker] = []
  /// The data that the workers' room is for.
  private var isSparse = false

  private struct Worker {
    let batch: Batch
    var lists = QuadLists()
    let labels = Buffer<Int32>(Predictor.batchSize)
    let answers = Buffer<Answer>(Predictor.batchSize)
  }

  /// Examples that go through the layers together.
  fileprivate static let batchSize = 48

  public convenience init(_ network: Network, pool: WorkerPool) {
    self.init(FastNetwork(network.layers), scale: network.scale, pool: pool)
  }

  init(_ network: FastNetwork, scale: Scale, pool: WorkerPool) {
    (self.network, self.scale, self.pool) = (network, scale, pool)
  }

  /// The answers to some examples, in their order.
  public struct Answers: Sendable {
    public let classCount: Int
    fileprivate(set) var flat: [Float]
    /// The likeliest class of each.
    public fileprivate(set) var best: [Int]
    /// −log p(label) of each; 0 without labels.
    public fileprivate(set) var losses: [Double]

    public var count: Int { best.count }

    /// One probability a class.
    public func probabilities(_ index: Int) -> ArraySlice<Float> {
      flat[index * classCount..<(index + 1) * classCount]
    }
  }

  /// The answers for the examples of `dataset` at `places`.
  ///
  /// - Precondition: the data's inputs and labels fit the network.
  public func answers(_ dataset: Dataset, at places: some RandomAccessCollection<Int>) -> Answers {
    answers(dataset, inputs: NetworkInputs(dataset, scale: scale), at: Array(places))
  }

  private func answers(_ dataset: Dataset, inputs: NetworkInputs, at places: [Int]) -> Answers {
    if workers.isEmpty || isSparse != inputs.isSparse {
      isSparse = inputs.isSparse
      workers = (0..<pool.count).map { _ in
        Worker(batch: Batch(network, capacity: Self.batchSize, isSparse: inputs.isSparse))
      }
    }
    let last = network.layers.count - 1
    let classCount = network.layers[last].outputCount
    let labels = dataset.labels
    var answers = Answers(
      classCount: classCount, flat: Array(repeating: 0, count: places.count * classCount),
      best: Array(repeating: 0, count: places.count), losses: Array(repeating: 0, count: places.count))
    answers.flat.withUnsafeMutableBufferPointer { flat in
      answers.best.withUnsafeMutableBufferPointer { best in
        answers.losses.withUnsafeMutableBufferPointer { losses in
          workers.withUnsafeMutableBufferPointer { workers in
            places.withUnsafeBufferPointer { places in
              pool.split(places.count) { number, range in
                for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.batchSize) {
                  let count = min(Self.batchSize, range.upperBound - start)
                  network.forward(
                    workers[number].batch, rows: 0..<count, places: places.baseAddress! + start, inputs: inputs,
                    lists: &workers[number].lists)
                  let (known, told) = (workers[number].labels.start, workers[number].answers.start)
                  if let labels { for index in 0..<count { known[index] = Int32(labels[places[start + index]]) } }
                  network.finish(
                    workers[number].batch, rows: 0..<count, labels: labels == nil ? nil : UnsafePointer(known),
                    answers: told)
                  for index in 0..<count {
                    let row = workers[number].batch.outputs(last, index)
                    best[start + index] = Int(told[index].best)
                    losses[start + index] = labels == nil ? 0 : told[index].loss
                    for output in 0..<classCount { flat[(start + index) * classCount + output] = row[output] }
                  }
                }
              }
            }
          }
        }
      }
    }
    return answers
  }

  /// Examples that `forEachBlock` answers at once: enough for all threads, and few enough to keep in a cache.
  private static let block = 8192

  /// Calls `body` with the answers to the examples at `places`, some thousands at a time, in order.
  public func forEachBlock(
    _ dataset: Dataset, at places: some RandomAccessCollection<Int>, _ body: (_ offset: Int, Answers) throws -> Void
  ) rethrows {
    let inputs = NetworkInputs(dataset, scale: scale)
    for offset in stride(from: 0, to: places.count, by: Self.block) {
      try body(offset, answers(dataset, inputs: inputs, at: Array(places.dropFirst(offset).prefix(Self.block))))
    }
  }

  /// How well the network does on the labelled examples at `places`.
  public func score(_ dataset: Dataset, at places: some RandomAccessCollection<Int>) -> Score {
    guard let labels = dataset.labels else { return Score() }
    var score = Score()
    forEachBlock(dataset, at: places) { offset, answers in
      for (index, place) in places.dropFirst(offset).prefix(answers.count).enumerated() {
        score += Score(
          count: 1, correct: answers.best[index] == Int(labels[place]) ? 1 : 0, lossSum: answers.losses[index])
      }
    }
    return score
  }
}

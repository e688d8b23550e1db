/// Answers the examples of a data set on all threads of a pool, with the probabilities of one network or the mean of
/// several networks' probabilities.
package final class Predictor {
  private let passes: [ForwardPass]
  private let scale: Scale

  package convenience init(_ network: Network, pool: WorkerPool) {
    self.init(Ensemble(network), pool: pool)
  }

  package init(_ ensemble: Ensemble, pool: WorkerPool) {
    passes = ensemble.networks.map { ForwardPass(FastNetwork($0.calibratedLayers), pool: pool) }
    scale = ensemble.scale
  }

  init(_ network: FastNetwork, scale: Scale, pool: WorkerPool) {
    (passes, self.scale) = ([ForwardPass(network, pool: pool)], scale)
  }

  /// The answers for the examples of `dataset` at `places`.
  ///
  /// - Precondition: the data's inputs and labels fit the network.
  package func answers(_ dataset: Dataset, at places: some RandomAccessCollection<Int>) -> Answers {
    answers(NetworkInputs(dataset, scale: scale), labels: dataset.labels, at: Array(places))
  }

  /// The answers for pictures, one after the other in `pixels`.
  ///
  /// - Precondition: the pictures are as large as the network takes them.
  package func answers(pixels: [UInt8], rows: Int, columns: Int) -> Answers {
    let count = pixels.count / (rows * columns)
    let inputs = Dataset.Inputs.pixels(Bytes(pixels), rows: rows, columns: columns)
    return answers(NetworkInputs(inputs, count: count, scale: scale), labels: nil, at: Array(0..<count))
  }

  private func answers(_ inputs: NetworkInputs, labels: [UInt16]?, at places: [Int]) -> Answers {
    Answers(averaging: passes.map { $0.answers(places, inputs: inputs, labels: labels) })
  }

  /// Examples that `forEachBlock` answers at once: enough for all threads, and few enough to keep in a cache.
  private static let block = 8192

  /// Calls `body` with the answers to the examples at `places`, some thousands at a time, in order.
  package func forEachBlock(
    _ dataset: Dataset, at places: some RandomAccessCollection<Int>, _ body: (_ offset: Int, Answers) throws -> Void
  ) rethrows {
    let inputs = NetworkInputs(dataset, scale: scale)
    for offset in stride(from: 0, to: places.count, by: Self.block) {
      try body(offset, answers(inputs, labels: dataset.labels, at: Array(places.dropFirst(offset).prefix(Self.block))))
    }
  }

  /// How well the network does on the labelled examples at `places`.
  package func score(_ dataset: Dataset, at places: some RandomAccessCollection<Int>) -> Score {
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

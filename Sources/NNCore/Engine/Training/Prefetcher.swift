/// Prefetches a worker's share of the next batch, a little at a time, while the worker goes through this batch.
struct Prefetcher {
  private let batch: TrainingBatch
  private let inputs: NetworkInputs
  private let rows: Range<Int>
  private let total: Int
  private var done = 0

  /// - Parameter total: examples of this batch that the worker will go through.
  init(_ next: TrainingBatch, _ inputs: NetworkInputs, worker: Int, total: Int) {
    (batch, self.inputs, self.total) = (next, inputs, total)
    rows = next.isListed ? 0..<0 : next.listedRows[worker]
  }

  /// Prefetches as large a part of the share as the `count` examples that were just gone through are of the total.
  mutating func advance(_ count: Int) {
    let prefetched = rows.count * done / total
    done += count
    for row in rows.dropFirst(prefetched).prefix(rows.count * done / total - prefetched) {
      inputs.prefetch(batch.examples.places[row])
    }
  }
}

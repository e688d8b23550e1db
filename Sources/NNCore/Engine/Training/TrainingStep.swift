import NNKernelTypes

/// A step of training: list → forward → loss → backward → update, in that order. Each phase has a file.
///
/// The value holds for the time of the step what its phases use, so that workers need not count references: they would
/// wait for each other.
struct TrainingStep {
  let network: FastNetwork
  let inputs: NetworkInputs
  let first: any FirstLayer
  let plan: WorkPlan
  let batch: TrainingBatch
  /// The first layer with the next batch.
  let next: any FirstLayer
  /// Whether the next batch is listed in this step.
  let listsNext: Bool
  let workspace: TrainingWorkspace
  let moments: [Moments]
  var rule: UpdateRule
  let rules: TrainingRules
  /// Nil without teachers.
  let teacher: Teacher?
  /// The number of the update, from 1.
  let number: Int
  /// For each row of the batch, the example's label and its place in the data.
  let labels: [Int32]
  let places: [Int]
  /// The sum of the labels' weights in a loss that goes beyond cross-entropy.
  let lossTotal: Double

  /// Examples that go through all layers and back together, few enough to stay in a near cache all the way.
  private static let rowsTogether = 48

  /// Each call of `pool.run` ends when all workers are done: a barrier.
  func run(on pool: WorkerPool) {
    batch.begin()
    if !batch.isListed { pool.run { list(first, $0) } }
    if plan.groups == 1 {
      // Each worker has all panels of the first layer, so that it can take examples all the way.
      pool.run { worker in
        first.begin(worker, rule: rule)
        var prefetcher = Prefetcher(next.batch, inputs, worker: worker, total: max(1, batch.rows[worker].count))
        batch.forEachPart(ofRows: Self.rowsTogether, worker: worker) { share, rows in
          first.forward(worker, share: share, rows: rows, outputs: workspace.outputs)
          forwardLossAndBackward(rows)
          prefetcher.advance(rows.count)
        }
      }
    } else {
      pool.run { worker in
        first.begin(worker, rule: rule)
        forwardFirstLayer(worker)
      }
      pool.run { worker in forwardLossAndBackward(batch.rows[worker]) }
    }
    if first.preparesGradients { pool.run { first.prepareGradients($0, workspace) } }
    pool.run { worker in
      update(worker)
      score(worker)
      if listsNext { list(next, worker) }
    }
    if sumsGradients { applySums(on: pool) }
    if rules.maxNorm.isFinite { pool.run(boundNorms) }
  }

  private func forwardLossAndBackward(_ rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    forward(rows)
    loss(rows)
    backward(rows)
  }
}

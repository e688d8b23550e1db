import NNKernels

/// Memory for batches up to a size, and how the work on them is shared out.
struct TrainingRoom {
  let batch: Batch
  /// Per layer, gradients by the pre-activations in panels, a row an example.
  private let gradients: [Buffer<Float>]
  private let gradientRows: Int
  /// By half of a batch of several blocks and by layer, sums of the gradients by the weights, shaped as those.
  let sums: [[Buffer<Float>]]
  /// By worker, its panels of the first layer's weights in fixed point; none if that isn't used.
  let fixedWeights: [FixedPanels]
  /// By block of examples, gradients by the first layer's pre-activations in fixed point.
  let fixedGradients: [FixedPanels]
  /// A list that takes each of a block's examples once, and the table that makes it so: for the biases.
  let everyExample: (list: Buffer<QuadEntry>, table: Buffer<Float>)
  /// By row, what the network says of the examples.
  let answers: Buffer<Answer>
  /// The same summed up, by sixteen rows.
  let scores: Buffer<PartialScore>
  let plan: WorkPlan

  struct PartialScore {
    var lossSum: Double
    var correct: Int
  }

  /// - Parameters:
  ///   - isFixed: whether the first layer's products are of fixed point.
  ///   - quadUsage: as `WorkPlan` takes it.
  ///   - capacity: examples of the largest batch.
  init(_ network: FastNetwork, isSparse: Bool, isFixed: Bool, quadUsage: [Double], capacity: Int, workers: Int) {
    let (blocks, first) = (BatchBlocks(examples: capacity), network.layers[0])
    batch = Batch(network, capacity: capacity, isSparse: isSparse)
    gradientRows = capacity + 1
    gradients = network.layers.map { Buffer((capacity + 1) * $0.panels * lanes) }
    sums = (0..<(blocks.halves > 1 ? blocks.halves : 0)).map { _ in network.layers.map { Buffer($0.weightCount) } }
    fixedWeights = (0..<(isFixed ? workers : 0)).map { _ in FixedPanels(rows: first.inputCount, panels: first.panels) }
    fixedGradients = (0..<(isFixed ? blocks.count : 0)).map { _ in
      FixedPanels(rows: BatchBlocks.largest, panels: first.panels)
    }
    everyExample = (Buffer(BatchBlocks.largest), Buffer(256))
    for row in 0..<BatchBlocks.largest { everyExample.list.start[row] = QuadEntry(row) | 1 << 32 }
    everyExample.table.start[1] = 1
    answers = Buffer(capacity)
    scores = Buffer((capacity + 15) / 16)
    plan = WorkPlan(panels: first.panels, quadUsage: quadUsage, batch: capacity, workers: workers, isSparse: isSparse)
  }

  func gradient(_ layer: Int, _ row: Int, panel: Int = 0) -> UnsafeMutablePointer<Float> {
    gradients[layer].start + panel * gradientStride + row * lanes
  }

  var gradientStride: Int { gradientRows * lanes }
}

import NNKernelTypes

/// Memory for a step on batches up to a size.
struct TrainingWorkspace {
  let outputs: LayerOutputs
  /// The derivatives of the layers with GELU; nil if there is none.
  let derivatives: LayerOutputs?
  /// For each layer, gradients by the pre-activations in panels, a row an example.
  private let gradients: [Buffer<Float>]
  private let gradientRows: Int
  /// For each reduction half of a batch of several blocks and each layer, sums of the gradients by the weights, laid
  /// out as these.
  let sums: [[Buffer<Float>]]
  /// A list that takes each example of a block once, and the table that makes the Float 1 of it: the input of the
  /// biases.
  let constantInput: (list: Buffer<QuadEntry>, table: Buffer<Float>)
  /// For each row, what the network says of the example.
  let answers: Buffer<Answer>
  /// For each row, its loss, if that goes beyond cross-entropy.
  let losses: Buffer<Double>
  /// For each panel of each layer, the sum of the squares of its gradients.
  let squares: Buffer<Double>
  /// The outputs after dropout, and what they were multiplied by; nil without dropout.
  let dropped: LayerOutputs?
  let masks: LayerOutputs?
  /// For each group of rows, the sum of the answers' losses and hits.
  let scores: Buffer<PartialScore>

  struct PartialScore {
    var lossSum: Double
    var correct: Int
  }

  /// Rows whose losses are summed by one worker.
  static let scoredRows = 16

  /// - Parameter capacity: examples of the largest batch.
  init(_ network: FastNetwork, capacity: Int, _ rules: TrainingRules) {
    let blocks = BatchBlocks(examples: capacity)
    outputs = LayerOutputs(network, capacity: capacity)
    let hasGELU = network.layers.contains { $0.activation == .gelu }
    derivatives = hasGELU ? LayerOutputs(network, capacity: capacity) : nil
    gradientRows = capacity + 1
    gradients = network.layers.map { Buffer((capacity + 1) * $0.panels * lanes) }
    sums = (0..<(blocks.reductionHalves > 1 || rules.clipNorm.isFinite ? 2 : 0)).map { _ in
      network.layers.map { Buffer($0.weightCount) }
    }
    constantInput = (Buffer(BatchBlocks.maximumSize), Buffer(256))
    for row in 0..<BatchBlocks.maximumSize { constantInput.list.start[row] = QuadEntry(row) | 1 << 32 }
    constantInput.table.start[1] = 1
    answers = Buffer(capacity)
    losses = Buffer(rules.loss == nil ? 0 : capacity)
    squares = Buffer(network.layers.reduce(0) { $0 + $1.panels })
    let drops = rules.dropout?.dropsNeurons ?? false
    dropped = drops ? LayerOutputs(network, capacity: capacity) : nil
    masks = drops ? LayerOutputs(network, capacity: capacity) : nil
    scores = Buffer((capacity + Self.scoredRows - 1) / Self.scoredRows)
  }

  /// The gradients by a layer's pre-activations, for some rows of the batch and some panels.
  func gradients(_ layer: Int, _ rows: Range<Int>, panels: Range<Int>) -> MutablePanels {
    let stride = gradientRows * lanes
    return MutablePanels(
      start: gradients[layer].start + panels.lowerBound * stride + rows.lowerBound * lanes, stride: stride,
      count: panels.count)
  }
}

extension Panels {
  /// Panels that a kernel wrote, for another kernel to read.
  init(_ panels: MutablePanels) {
    self.init(start: panels.start, stride: panels.stride, count: panels.count)
  }
}

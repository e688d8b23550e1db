import NNKernelTypes

/// The first layer in training, with the batch that it learns from. Only the layer itself knows what its inputs are,
/// lists or rows or quantised: it lists the examples, takes them forward, and updates its weights.
///
/// Workers call its methods side by side, each with its own number.
protocol FirstLayer: AnyObject {
  var batch: TrainingBatch { get }
  /// How the work of a step is shared out.
  var plan: WorkPlan { get }

  /// Whether this batch can be listed while the batch before it is learned from.
  var listsAhead: Bool { get }

  /// Makes a worker's share of the batch ready.
  func list(_ worker: Int)

  /// Begins a step: decides which of a worker's weights will change, and prepares the weights for the forward product.
  func begin(_ worker: Int, rule: UpdateRule)

  /// Takes rows of a share through a worker's panels.
  func forward(_ worker: Int, share: Int, rows: Range<Int>, outputs: LayerOutputs)

  /// Whether all gradients by the layer's pre-activations have to be prepared before any weights are updated.
  var preparesGradients: Bool { get }

  /// Prepares the gradients for a worker's blocks of the batch.
  func prepareGradients(_ worker: Int, _ workspace: TrainingWorkspace)

  /// Sums a worker's part of the gradients by the weights over a reduction half of the batch, and applies the rule to
  /// the parameters, both of the worker's panels.
  func update(_ worker: Int, _ target: UpdateTarget, _ workspace: TrainingWorkspace)
}

extension FirstLayer {
  var preparesGradients: Bool { false }
  func prepareGradients(_: Int, _: TrainingWorkspace) {}
}

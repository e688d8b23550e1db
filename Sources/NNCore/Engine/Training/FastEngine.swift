import NNKernelDispatch
import NNKernelTypes

/// Training in Floats on all threads of a pool, the same to the last bit for any number of threads.
///
/// `TrainingStep` has the algorithm. A gradient of a row of weights is summed over the examples in their order, by one
/// worker, and applied while it is in registers; matrices of gradients are kept only for batches of several
/// `BatchBlocks`. `WorkPlan` tells who does what.
package final class FastEngine: TrainingEngine {
  private let setting: FirstLayerSetting
  private let network: FastNetwork
  private let labels: [UInt16]
  private let optimizer: Optimizer
  private let pool: WorkerPool
  private let predictor: Predictor
  /// For each layer.
  private let moments: [Moments]
  private let augmentation: (any PictureRedrawing)?
  package private(set) var stepCount: Int

  private var workspace: TrainingWorkspace
  /// The first layer with the batch of this step.
  private var current: any FirstLayer
  /// The first layer with the batch of the next step, as far as that is known.
  private var next: any FirstLayer

  /// How an engine is to train.
  package struct Configuration {
    package let optimizer: Optimizer
    /// Whether all steps will be on the same examples, so that it pays to look for the best order of them.
    package let repeatsBatch: Bool
    /// Draws the pictures of each step anew; nil to take them as they are.
    package let augmentation: (any PictureRedrawing)?
    package let kernels: any KernelSet

    package init(
      _ optimizer: Optimizer, repeatsBatch: Bool = false, augmentation: (any PictureRedrawing)? = nil,
      kernels: any KernelSet = KernelChoice.kernels
    ) {
      (self.optimizer, self.repeatsBatch) = (optimizer, repeatsBatch)
      (self.augmentation, self.kernels) = (augmentation, kernels)
    }
  }

  /// - Parameter resumed: the optimiser's memory of an earlier run, with the number of updates it had done.
  /// - Precondition: the data is labelled and fits the network, and `resumed` fits both network and optimiser.
  package init(
    _ network: Network, on dataset: Dataset, _ configuration: Configuration, pool: WorkerPool,
    resuming resumed: (tensors: [String: Safetensors.Tensor], stepCount: Int) = ([:], 0)
  ) {
    let fast = FastNetwork(network.layers, kernels: configuration.kernels, forTraining: true)
    (optimizer, augmentation) = (configuration.optimizer, configuration.augmentation)
    (self.network, self.pool, labels, stepCount) = (fast, pool, dataset.labels ?? [], resumed.stepCount)
    predictor = Predictor(fast, scale: network.scale, pool: pool)
    moments = fast.layers.indices.map { [optimizer] index in
      Moments(of: index, in: fast, optimizer.method, resuming: resumed.tensors)
    }
    let quads = InputQuads(dataset)
    setting = FirstLayerSetting(
      network: fast, inputs: NetworkInputs(dataset, scale: network.scale), quads: quads,
      quadUsage: quads.usage(dataset),
      repeatsBatch: configuration.repeatsBatch && configuration.augmentation == nil, workers: pool.count,
      hasMoments: (0..<pool.count).map { _ in Buffer(quads.count) })
    // The moments of a resumed run may differ from zero anywhere.
    for buffer in setting.hasMoments { buffer.start.update(repeating: stepCount > 0, count: buffer.count) }
    workspace = TrainingWorkspace(fast, capacity: 0)
    (current, next) = FirstLayerChoice.firstLayers(setting, optimizer: optimizer, capacity: 0)
  }

  package var layers: [Layer] { network.exported }

  package func score(_ dataset: Dataset, at places: [Int]) -> Score {
    predictor.score(dataset, at: places)
  }

  package var optimizerTensors: [String: Safetensors.Tensor] {
    moments.indices.reduce(into: [:]) { tensors, index in
      tensors.merge(moments[index].tensors(of: index, in: network, optimizer.method)) { $1 }
    }
  }

  package func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score {
    stepCount += 1
    makeCurrent(places)
    let listsNext = arrangeNext(upcoming)
    let step = TrainingStep(
      network: network, inputs: setting.inputs, first: current, plan: current.plan, batch: current.batch, next: next,
      listsNext: listsNext, workspace: workspace, moments: moments,
      rule: optimizer.rule(step: stepCount, learningRate: learningRate), labels: current.batch.examples.labels)
    step.run(on: pool)
    current.batch.isListed = true
    if listsNext { next.batch.isListed = true }
    return score()
  }

  /// Makes `current` hold the examples at `places`, with memory for them.
  private func makeCurrent(_ places: ArraySlice<Int>) {
    if workspace.outputs.capacity < places.count {
      workspace = TrainingWorkspace(network, capacity: places.count)
      (current, next) = FirstLayerChoice.firstLayers(setting, optimizer: optimizer, capacity: places.count)
    }
    if let augmentation {
      // Pictures are drawn from the pictures of the data, so that the batch is arranged from these again.
      current.batch.arrange(arranged(places), current.plan)
      current.batch.redraw(augmentation, width: setting.inputs.width, step: stepCount, pool: pool)
    } else if current.batch.examples.given != places {
      swap(&current, &next)
      if current.batch.examples.given != places { current.batch.arrange(arranged(places), current.plan) }
      // Where batches share memory, it holds the other batch.
      if !current.listsAhead { current.batch.isListed = false }
    }
  }

  /// Makes `next` hold the examples of the next step.
  ///
  /// - Returns: whether they can be listed in this step. Pictures that are yet to be drawn can't.
  private func arrangeNext(_ places: ArraySlice<Int>) -> Bool {
    guard !places.isEmpty else { return false }
    next.batch.arrange(arranged(places), next.plan)
    return places.count <= workspace.outputs.capacity && augmentation == nil && next.listsAhead
  }

  private func arranged(_ places: ArraySlice<Int>) -> ArrangedExamples {
    var examples = ArrangedExamples(places, labels: labels, classCount: network.classCount, inputs: setting.inputs)
    if setting.repeatsBatch { examples.groupBySimilarity(width: setting.inputs.width, kernels: network.kernels) }
    return examples
  }

  /// The score of the batch before the update.
  private func score() -> Score {
    var score = Score(count: current.batch.count)
    let size = TrainingWorkspace.scoredRows
    for group in 0..<(score.count + size - 1) / size {
      score.correct += workspace.scores.start[group].correct
      score.lossSum += workspace.scores.start[group].lossSum
    }
    return score
  }
}

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
  private let rules: TrainingRules
  /// Nil without teachers.
  private let teacher: Teacher?
  /// Nil without an average.
  private let average: WeightAverage?
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
    package let rules: TrainingRules
    /// The networks that teach, together; nil without any.
    package let teachers: Ensemble?
    package let kernels: any KernelSet

    package init(
      _ optimizer: Optimizer, repeatsBatch: Bool = false, augmentation: (any PictureRedrawing)? = nil,
      rules: TrainingRules = .none, teachers: Ensemble? = nil, kernels: any KernelSet = KernelChoice.kernels
    ) {
      (self.optimizer, self.augmentation, self.rules, self.kernels) = (optimizer, augmentation, rules, kernels)
      self.teachers = teachers
      self.repeatsBatch = repeatsBatch && augmentation == nil && rules.dropout?.dropsInputs != true
    }
  }

  /// - Parameter resumed: the optimiser's memory of an earlier run, with the number of updates it had done.
  /// - Precondition: the data is labelled and fits the network and its teachers, and `resumed` fits both network and
  ///   optimiser.
  package init(
    _ network: Network, on dataset: Dataset, _ configuration: Configuration, pool: WorkerPool,
    resuming resumed: (tensors: [String: Safetensors.Tensor], stepCount: Int) = ([:], 0)
  ) {
    let fast = FastNetwork(
      Checkpoint.layers(network.layers, with: resumed.tensors, named: Checkpoint.current),
      kernels: configuration.kernels, forTraining: true)
    (optimizer, augmentation, rules) = (configuration.optimizer, configuration.augmentation, configuration.rules)
    (self.network, self.pool, labels, stepCount) = (fast, pool, dataset.labels ?? [], resumed.stepCount)
    average =
      rules.average == 0
      ? nil
      : WeightAverage(FastNetwork(network.layers, kernels: configuration.kernels), decay: rules.average)
    teacher = rules.teaching.flatMap { teaching in
      configuration.teachers.map { Teacher($0, teaching, on: dataset, kernels: configuration.kernels, pool: pool) }
    }
    predictor = Predictor(average?.network ?? fast, scale: network.scale, pool: pool)
    moments = fast.layers.indices.map { [optimizer] index in
      Moments(of: index, in: fast, optimizer.method, resuming: resumed.tensors)
    }
    let quads = InputQuads(dataset)
    setting = FirstLayerSetting(
      network: fast,
      inputs: NetworkInputs(dataset, scale: network.scale, gain: rules.dropout?.gain(0) ?? 1), quads: quads,
      quadUsage: quads.usage(dataset), repeatsBatch: configuration.repeatsBatch, workers: pool.count,
      hasMoments: (0..<pool.count).map { _ in Buffer(quads.count) })
    // The moments of a resumed run may differ from zero anywhere.
    for buffer in setting.hasMoments { buffer.start.update(repeating: stepCount > 0, count: buffer.count) }
    workspace = TrainingWorkspace(fast, capacity: 0, rules)
    (current, next) = FirstLayerChoice.firstLayers(setting, optimizer: optimizer, capacity: 0)
  }

  package var layers: [Layer] { (average?.network ?? network).exported }

  package func score(_ dataset: Dataset, at places: [Int]) -> Score {
    predictor.score(dataset, at: places)
  }

  package var optimizerTensors: [String: Safetensors.Tensor] {
    let own = average == nil ? [:] : Checkpoint.tensors(network.exported, named: Checkpoint.current)
    return moments.indices.reduce(into: own) { tensors, index in
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
      rule: optimizer.rule(step: stepCount, learningRate: learningRate), rules: rules, teacher: teacher,
      number: stepCount,
      labels: current.batch.examples.labels, places: current.batch.examples.places,
      lossTotal: rules.loss?.total(current.batch.examples.labels) ?? 1)
    step.run(on: pool)
    average?.add(network, isFirst: stepCount == 1, pool: pool)
    current.batch.isListed = true
    if listsNext { next.batch.isListed = true }
    return score()
  }

  /// Whether the inputs of an example differ from update to update.
  private var changesInputs: Bool { augmentation != nil || rules.dropout?.dropsInputs == true }

  /// Makes `current` hold the examples at `places`, with memory for them.
  private func makeCurrent(_ places: ArraySlice<Int>) {
    if workspace.outputs.capacity < places.count {
      workspace = TrainingWorkspace(network, capacity: places.count, rules)
      (current, next) = FirstLayerChoice.firstLayers(setting, optimizer: optimizer, capacity: places.count)
    }
    if changesInputs {
      // Pictures are drawn from the pictures of the data, so that the batch is arranged from these again.
      current.batch.arrange(arranged(places), current.plan)
      if let augmentation {
        current.batch.redraw(augmentation, width: setting.inputs.width, step: stepCount, pool: pool)
      }
      teacher?.answer(current.batch.examples, isDrawn: augmentation != nil, pool: pool)
      if let dropout = rules.dropout, dropout.dropsInputs {
        current.batch.dropInputs(dropout, of: setting.inputs, step: stepCount, pool: pool)
      }
    } else if current.batch.examples.given != places {
      swap(&current, &next)
      if current.batch.examples.given != places { current.batch.arrange(arranged(places), current.plan) }
      // Where batches share memory, it holds the other batch.
      if !current.listsAhead { current.batch.isListed = false }
    }
    if !changesInputs { teacher?.answer(current.batch.examples, isDrawn: false, pool: pool) }
  }

  /// Makes `next` hold the examples of the next step.
  ///
  /// - Returns: whether they can be listed in this step. Inputs that are yet to be changed can't.
  private func arrangeNext(_ places: ArraySlice<Int>) -> Bool {
    guard !places.isEmpty else { return false }
    next.batch.arrange(arranged(places), next.plan)
    return places.count <= workspace.outputs.capacity && !changesInputs && next.listsAhead
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

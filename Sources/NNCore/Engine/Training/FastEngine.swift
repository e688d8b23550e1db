import NNKernels

/// Training in Float on all threads of a pool, the same to the last bit for any number of them.
///
/// A step takes the examples through the first layer by lists of where their pixels are not zero; takes them through the
/// others and back to the gradients by the first layer's pre-activations; and updates the weights, row by row: a row's
/// gradient is summed over the examples in their order and used while it is in registers. So each number is summed by one
/// worker in a fixed order. Matrices of gradients are kept for batches of several `BatchBlocks` alone. Who is done with a
/// step's updates lists the examples of the next. `WorkPlan` tells who does what.
package final class FastEngine: TrainingEngine {
  private let inputs: NetworkInputs
  private let quads: InputQuads
  private let network: FastNetwork
  private let labels: [UInt16]
  private let optimizer: Optimizer
  private let pool: WorkerPool
  private let predictor: Predictor
  /// First and second moments of each layer, shaped as its weights; empty where the optimiser has none.
  private let moments: [[Buffer<Float>]]
  /// By quad of inputs of the first layer: the share of examples in which one of them is not zero.
  private let quadUsage: [Double]
  private let repeatsBatch: Bool
  private let augmentation: Augmentation?
  package private(set) var stepCount: Int

  /// By worker and quad of inputs of the first layer: whether their moments may be other than zero.
  private let isTouched: [Buffer<Bool>]

  private var room: TrainingRoom
  private var current: ListedBatch
  /// The batch of the step to come, as far as it is known.
  private var next: ListedBatch

  /// - Parameters:
  ///   - repeatsBatch: whether all steps will be on the same examples, so that it pays to look for the best order of them.
  ///   - augmentation: what becomes of the pictures before each step.
  ///   - resumed: the optimiser's memory of an earlier run, with the number of updates it had done.
  /// - Precondition: the data is labelled and fits the network, and `resumed` fits both network and optimiser.
  package init(
    _ network: Network, on dataset: Dataset, optimizer: Optimizer, pool: WorkerPool, kernels: Kernels = .chosen,
    repeatsBatch: Bool = false, augmentation: Augmentation? = nil,
    resuming resumed: (tensors: [String: Safetensors.Tensor], stepCount: Int) = ([:], 0)
  ) {
    (self.repeatsBatch, self.augmentation) = (repeatsBatch && augmentation == nil, augmentation)
    inputs = NetworkInputs(dataset, scale: network.scale)
    quads = InputQuads(dataset)
    let fast = FastNetwork(network.layers, kernels: kernels, forTraining: true)
    (self.optimizer, self.pool, self.network) = (optimizer, pool, fast)
    labels = dataset.labels ?? []
    predictor = Predictor(fast, scale: network.scale, pool: pool)
    stepCount = resumed.stepCount
    moments = fast.layers.enumerated().map { index, layer in
      Checkpoint.momentNames(optimizer.method).map { moment in
        let buffer = Buffer<Float>(layer.weightCount)
        for (part, name) in Checkpoint.partNames(layer: index, moment: moment).enumerated() {
          for (place, value) in (resumed.tensors[name]?.floats ?? []).enumerated() {
            buffer.start[layer.place(part: part, place)] = value
          }
        }
        return buffer
      }
    }
    quadUsage = quads.usage(dataset)
    isTouched = (0..<pool.count).map { [quads] _ in Buffer(quads.count) }
    // Those of a resumed run may be so anywhere.
    for buffer in isTouched { buffer.start.update(repeating: stepCount > 0, count: buffer.count) }
    room = TrainingRoom(
      fast, isSparse: inputs.isSparse, isFixed: false, quadUsage: quadUsage, capacity: 0, workers: pool.count)
    (current, next) = (ListedBatch(workers: pool.count), ListedBatch(workers: pool.count))
  }

  package var layers: [Layer] { network.exported }

  package func score(_ dataset: Dataset, at places: [Int]) -> Score {
    predictor.score(dataset, at: places)
  }

  package var optimizerTensors: [String: Safetensors.Tensor] {
    var tensors: [String: Safetensors.Tensor] = [:]
    for (index, layer) in network.layers.enumerated() {
      for (name, moment) in zip(Checkpoint.momentNames(optimizer.method), moments[index]) {
        let names = Checkpoint.partNames(layer: index, moment: name)
        tensors[names[0]] = .init(
          layer.elements(part: 0, of: moment.start), shape: [layer.outputCount, layer.inputCount])
        tensors[names[1]] = .init(layer.elements(part: 1, of: moment.start), shape: [layer.outputCount])
      }
    }
    return tensors
  }

  package func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score {
    makeReady(places)
    stepCount += 1
    if let augmentation {
      current.redraw(augmentation, width: inputs.width, step: stepCount, pool: pool)
      current.isListed = false
    }
    if !current.isListed {
      pool.run { list(current, $0) }
      current.isListed = true
    }
    if !upcoming.isEmpty { next.arrange(arranged(upcoming), room.plan) }
    // Pictures that are yet to be drawn can't be listed.
    let listsNext = !upcoming.isEmpty && upcoming.count <= room.batch.capacity && augmentation == nil && inputs.isSparse
    current.begin()
    let step = TrainingStep(
      network: network, inputs: inputs, quads: quads, moments: moments, room: room,
      rule: optimizer.rule(step: stepCount, learningRate: learningRate), current: current, next: next,
      labels: current.examples.labels)
    pool.run { worker in
      if inputs.isSparse { current.settleNeeds(worker, room.plan, step.rule, isTouched: isTouched[worker].start) }
      step.firstLayer(worker)
    }
    if room.plan.groups > 1 {
      pool.run { worker in step.laterLayersAndBack(current.rows[worker]) }
    }
    if current.isFixed {
      pool.run { worker in step.fixGradients(worker) }
    }
    pool.run { worker in
      step.useGradients(worker)
      step.score(worker)
      if listsNext { list(next, worker) }
    }
    if current.blocks.halves > 1 {
      pool.run { worker in step.updateBySums(worker) }
    }
    if listsNext { next.isListed = true }
    return score()
  }

  // MARK: Preparing

  /// Sees to it that `current` holds the examples at `places`.
  private func makeReady(_ places: ArraySlice<Int>) {
    if room.batch.capacity < places.count {
      let isFixed = suitsFixedPoint(places.count)
      room = TrainingRoom(
        network, isSparse: inputs.isSparse, isFixed: isFixed, quadUsage: quadUsage, capacity: places.count,
        workers: pool.count)
      (current, next) = (
        ListedBatch(workers: pool.count, isFixed: isFixed), ListedBatch(workers: pool.count, isFixed: isFixed)
      )
    }
    // Pictures are drawn anew from those of the data. Else a batch that comes again, as it does if it holds all examples, is
    // listed already.
    if augmentation != nil {
      current.arrange(arranged(places), room.plan)
    } else if current.examples.asGiven != places {
      swap(&current, &next)
      if current.examples.asGiven != places { current.arrange(arranged(places), room.plan) }
      // There is one room for dense inputs, which held those of the other batch.
      if !inputs.isSparse { current.isListed = false }
    }
  }

  /// Whether the first layer's products for batches of some size are to be of fixed point, which is nearly twice as fast.
  ///
  /// Its 16 bits leave the loss of a batch right to about 1e-6. A large batch is told by its size, which makes up for what
  /// single examples are off by; that lists of pairs are worth making, by its coming again and again; and that updates are
  /// off by no more than the gradients, by the optimiser's being linear: Adam would take a gradient that is nearly nothing
  /// for as good as any other. And no weight may be so great that little is left of the others.
  private func suitsFixedPoint(_ batch: Int) -> Bool {
    repeatsBatch && inputs.isSparse && optimizer.isLinear && batch > BatchBlocks.largest
      && network.layers[0].isEven(within: 256)
  }

  private func arranged(_ places: ArraySlice<Int>) -> ArrangedExamples {
    var examples = ArrangedExamples(
      places, labels: labels, classCount: network.layers[network.layers.count - 1].outputCount, inputs: inputs)
    if repeatsBatch { examples.quadUp(width: inputs.width, kernels: network.kernels) }
    return examples
  }

  private func list(_ batch: ListedBatch, _ worker: Int) {
    batch.listExamples(worker, network, inputs, batch: room.batch)
    if inputs.isSparse { batch.listInputs(worker, network.kernels, quads, room.plan) }
    if repeatsBatch && !batch.isFixed { batch.sortLists(worker) }
  }

  /// What the network said of the batch, before the update.
  private func score() -> Score {
    var score = Score(count: current.examples.count)
    for group in 0..<(score.count + 15) / 16 {
      score.correct += room.scores.start[group].correct
      score.lossSum += room.scores.start[group].lossSum
    }
    return score
  }
}

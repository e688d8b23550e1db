import NNKernels

/// Training in Float on all threads of a pool, the same to the last bit for any number of them.
///
/// A step lists where the batch's pixels are not zero, by example and by pixel; takes the examples through the first
/// layer; takes them through the others and back to the gradients by the first layer's pre-activations; and updates the
/// weights, row by row: a row's gradient is summed over the examples in their order and used while it is in registers. So
/// each number is summed by one worker in a fixed order. No matrix of gradients is kept, but for the first layer's in
/// batches above `block`. `WorkPlan` tells who does what.
public final class FastEngine: TrainingEngine {
  private let inputs: NetworkInputs
  private let labels: [UInt16]
  private let network: FastNetwork
  private let optimizer: Optimizer
  private let pool: WorkerPool
  private let predictor: Predictor
  /// First and second moments of each layer, shaped as its weights; empty where the optimiser has none.
  private let moments: [[Buffer<Float>]]
  /// By pairs of inputs of the first layer: the share of examples in which one of them is not zero.
  private let pairUsage: [Double]
  private let repeatsBatch: Bool
  private let augmentation: Augmentation?
  public private(set) var stepCount: Int

  /// By pairs of inputs of the first layer: whether their moments may be other than zero.
  private let isTouched: Buffer<Bool>

  private var room: Room
  private var workers: [Worker]
  private var examples = ArrangedExamples()
  /// Those of the step to come, as far as they are known.
  private var upcoming = ArrangedExamples()

  /// Examples over which a row's gradient is summed at once, few enough for their gradients to stay in the first-level
  /// cache. Larger batches add up such sums.
  static let block = 128

  /// Pairs of examples that go through the first layer between two looks ahead.
  private static let pairsAtATime = 4

  /// Memory for batches up to a size, and how the work on them is shared out.
  private struct Room {
    let batch: Batch
    /// Per layer, gradients by the pre-activations in panels, a row an example.
    let gradients: [Buffer<Float>]
    let gradientRows: Int
    /// By row, what the network says of the examples.
    let answers: Buffer<Answer>
    let plan: WorkPlan

    func gradient(_ layer: Int, _ row: Int, panel: Int = 0) -> UnsafeMutablePointer<Float> {
      gradients[layer].start + panel * gradientStride + row * lanes
    }
    var gradientStride: Int { gradientRows * lanes }
  }

  /// What a worker keeps between steps: an object, so that no two workers write to one cache line.
  private final class Worker {
    /// Of its share of the examples, and of the first layer's inputs by blocks of examples; others read them too.
    var forward = PairLists()
    var backward = PairLists()
    /// By pairs of its share of the inputs: whether they are to be updated, if there is one block.
    var isNeeded = Buffer<Bool>(0)
    var columns = Buffer<UInt8>(0)
    /// Sums over blocks for the pairs and panels that it updates.
    var partial = Buffer<Float>(0)
  }

  /// A list that takes each of a block's examples once, and the table that makes it so: for the biases.
  private let everyExample: (list: Buffer<PairEntry>, table: Buffer<Float>)

  /// - Parameters:
  ///   - repeatsBatch: whether all steps will be on the same examples, so that it pays to look for the best order of them.
  ///   - augmentation: what becomes of the pictures before each step.
  ///   - resumed: the optimiser's memory of an earlier run, with the number of updates it had done.
  /// - Precondition: the data is labelled and fits the network, and `resumed` fits both network and optimiser.
  public init(
    _ network: Network, on dataset: Dataset, optimizer: Optimizer, pool: WorkerPool, kernels: Kernels = .chosen,
    repeatsBatch: Bool = false, augmentation: Augmentation? = nil,
    resuming resumed: (tensors: [String: Safetensors.Tensor], stepCount: Int) = ([:], 0)
  ) {
    (self.repeatsBatch, self.augmentation) = (repeatsBatch && augmentation == nil, augmentation)
    inputs = NetworkInputs(dataset, scale: network.scale)
    let fast = FastNetwork(network.layers, kernels: kernels, forTraining: true)
    (self.optimizer, self.pool, self.network) = (optimizer, pool, fast)
    labels = dataset.labels ?? []
    predictor = Predictor(fast, scale: network.scale, pool: pool)
    stepCount = resumed.stepCount
    moments = fast.layers.enumerated().map { index, layer in
      Checkpoint.momentNames(optimizer.method).map { moment in
        let buffer = Buffer<Float>(layer.weights.count)
        for (part, name) in Checkpoint.partNames(layer: index, moment: moment).enumerated() {
          for (place, value) in (resumed.tensors[name]?.floats ?? []).enumerated() {
            buffer.start[layer.place(part: part, place)] = value
          }
        }
        return buffer
      }
    }
    pairUsage = Self.pairUsage(dataset)
    everyExample = (Buffer(Self.block), Buffer(256))
    for row in 0..<Self.block { everyExample.list.start[row] = PairEntry(row) | 1 << 16 }
    everyExample.table.start[1] = 1
    workers = (0..<pool.count).map { _ in Worker() }
    isTouched = Buffer(network.inputCount / 2 + 1)
    // Those of a resumed run may be so anywhere.
    isTouched.start.update(repeating: stepCount > 0, count: isTouched.count)
    room = Self.room(fast, inputs, pairUsage, capacity: 0, workers: pool.count)
  }

  public var layers: [Layer] { network.exported }

  public func score(_ dataset: Dataset, at places: [Int]) -> Score {
    predictor.score(dataset, at: places)
  }

  public var optimizerTensors: [String: Safetensors.Tensor] {
    var tensors: [String: Safetensors.Tensor] = [:]
    for (index, layer) in network.layers.enumerated() {
      for (name, moment) in zip(Checkpoint.momentNames(optimizer.method), moments[index]) {
        let names = Checkpoint.partNames(layer: index, moment: name)
        tensors[names[0]] = .init(layer.elements(part: 0, of: moment), shape: [layer.outputCount, layer.inputCount])
        tensors[names[1]] = .init(layer.elements(part: 1, of: moment), shape: [layer.outputCount])
      }
    }
    return tensors
  }

  public func step(at places: ArraySlice<Int>, learningRate: Double, upcoming next: ArraySlice<Int>) -> Score {
    if room.batch.capacity < places.count {
      room = Self.room(network, inputs, pairUsage, capacity: places.count, workers: pool.count)
      workers = (0..<pool.count).map { _ in Worker() }
    }
    // A batch that comes again, as it does if it holds all examples, is listed already.
    let isRepeated = augmentation == nil && examples.asGiven.elementsEqual(places)
    stepCount += 1
    if !isRepeated {
      examples = upcoming.asGiven.elementsEqual(places) ? upcoming : arranged(places)
      if let augmentation { examples.redraw(augmentation, width: inputs.width, step: stepCount, pool: pool) }
    }
    upcoming = arranged(next)
    let rule = optimizer.rule(step: stepCount, learningRate: learningRate)
    let plan = room.plan
    pool.run { worker in
      if !isRepeated { prepareExamples(worker) }
      if inputs.isSparse { preparePairs(worker, rule, isRepeated: isRepeated) }
      if plan.groups == 1 {
        firstLayer(worker)
        laterLayersAndBack(worker)
      }
    }
    if plan.groups > 1 {
      pool.run { worker in firstLayer(worker) }
      pool.run { worker in laterLayersAndBack(worker) }
    }
    pool.run { worker in
      for layer in network.layers.indices { update(worker, layer: layer, rule) }
    }
    return score()
  }

  // MARK: Preparing

  /// Makes room for batches of up to `capacity` examples.
  private static func room(
    _ network: FastNetwork, _ inputs: NetworkInputs, _ pairUsage: [Double], capacity: Int, workers: Int
  ) -> Room {
    Room(
      batch: Batch(network, capacity: capacity, isSparse: inputs.isSparse),
      gradients: network.layers.map { Buffer((capacity + 1) * $0.panels * lanes) }, gradientRows: capacity + 1,
      answers: Buffer(capacity),
      plan: WorkPlan(panels: network.layers[0].panels, pairUsage: pairUsage, batch: capacity, workers: workers))
  }

  private func arranged(_ places: ArraySlice<Int>) -> ArrangedExamples {
    var examples = ArrangedExamples(
      places, labels: labels, classCount: network.layers[network.layers.count - 1].outputCount, inputs: inputs)
    if repeatsBatch { examples.pairUp(width: inputs.width) }
    return examples
  }

  /// By pairs of inputs, the share of some examples in which one of them is not zero; 1 for features.
  private static func pairUsage(_ dataset: Dataset) -> [Double] {
    let width = dataset.inputCount
    guard case .pixels(let bytes, _, _) = dataset.inputs else { return Array(repeating: 1, count: (width + 1) / 2) }
    let sample = min(1024, dataset.count)
    var counts = Array(repeating: 0, count: (width + 1) / 2)
    bytes.withUnsafeBytes { memory in
      for index in 0..<sample {
        let start = index * dataset.count / sample * width
        for pair in counts.indices {
          let second = min(2 * pair + 1, width - 1)
          if memory[start + 2 * pair] | memory[start + second] != 0 { counts[pair] += 1 }
        }
      }
    }
    return counts.map { Double($0) / Double(max(sample, 1)) }
  }

  // MARK: The parts of a step

  /// The rows of the batch that a worker prepares, and takes through the later layers.
  private func rows(of worker: Int) -> Range<Int> {
    room.plan.run(of: worker, in: examples.count, step: 2)
  }

  private func prepareExamples(_ worker: Int) {
    examples.places.withUnsafeBufferPointer { places in
      guard let places = places.baseAddress else { return }
      examples.pixels.withUnsafeBufferPointer { pixels in
        network.prepare(
          room.batch, rows: rows(of: worker), places: places, drawn: augmentation == nil ? nil : pixels.baseAddress,
          inputs: inputs, lists: &workers[worker].forward)
      }
    }
  }

  /// Lists the examples that have one of a pair of inputs, for a worker's pairs, by blocks.
  private func preparePairs(_ number: Int, _ rule: UpdateRule, isRepeated: Bool) {
    let (worker, pairs, width) = (workers[number], room.plan.pairs[number], network.layers[0].inputCount)
    let columns = min(2 * pairs.lowerBound, width)..<min(2 * pairs.upperBound, width)
    if worker.isNeeded.count == 0 {
      worker.columns = Buffer(2 * pairs.count * Self.block)
      worker.isNeeded = Buffer(pairs.count)
    }
    if !isRepeated {
      worker.backward.removeAll()
      for block in 0..<examples.blocks {
        let rows = examples.rows(ofBlock: block)
        let bytes = worker.columns.start
        examples.pixels.withUnsafeBufferPointer {
          network.kernels.transpose($0.baseAddress! + rows.lowerBound, rows.count, columns, bytes, Self.block)
        }
        for pair in 0..<pairs.count {
          worker.backward.append(upTo: rows.count) {
            network.kernels.listPair(
              bytes + 2 * pair * Self.block, bytes + (2 * pair + 1) * Self.block, rows.count, $0)
          }
        }
      }
    }
    guard examples.blocks == 1 else {
      isTouched.start.advanced(by: pairs.lowerBound).update(repeating: true, count: pairs.count)
      return
    }
    for (index, pair) in pairs.enumerated() {
      let isUsed = worker.backward[index] > 0
      if isUsed { isTouched.start[pair] = true }
      // Else there is nothing to add, and there may be nothing that decays.
      worker.isNeeded.start[index] = isUsed || !rule.leavesRest || (rule.form != .plain && isTouched.start[pair])
    }
  }

  /// Takes the examples of a worker's shares through its panels of the first layer.
  private func firstLayer(_ worker: Int) {
    let (plan, ahead) = (room.plan, room.plan.run(of: worker, in: upcoming.count, step: 2))
    let (panels, shares) = (plan.panels(of: worker), plan.shares(of: worker))
    let total = shares.reduce(0) { $0 + rows(of: $1).count }
    var done = 0
    for share in shares {
      let rows = rows(of: share)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 2 * Self.pairsAtATime) {
        let part = start..<min(start + 2 * Self.pairsAtATime, rows.upperBound)
        let first = (start - rows.lowerBound) / 2
        network.firstLayer(
          room.batch, rows: part, panels: panels, inputs: inputs,
          lists: inputs.isSparse ? workers[share].forward.run(first..<first + (part.count + 1) / 2) : nil)
        let asked = ahead.count * done / total
        done += part.count
        for index in asked..<ahead.count * done / total {
          inputs.prefetch(upcoming.places[ahead.lowerBound + index])
        }
      }
    }
  }

  /// Takes a worker's rows of the batch to the loss and back to the first layer's pre-activations.
  private func laterLayersAndBack(_ worker: Int) {
    let rows = rows(of: worker)
    guard !rows.isEmpty else { return }
    network.laterLayers(room.batch, rows: rows)
    let last = network.layers.count - 1
    examples.labels.withUnsafeBufferPointer { labels in
      network.kernels.softmax(
        room.batch.outputs(last, rows.lowerBound), network.layers[last].outputStride, rows.count,
        network.layers[last].outputCount, labels.baseAddress! + rows.lowerBound,
        room.answers.start + rows.lowerBound, 1 / Float(examples.count), room.gradient(last, rows.lowerBound), lanes,
        room.gradientStride)
    }
    for index in network.layers.indices.dropFirst().reversed() {
      let (layer, previous) = (network.layers[index], network.layers[index - 1])
      network.kernels.denseBackward(
        room.gradient(index, rows.lowerBound), room.gradientStride, layer.panels, rows.count, layer.transposed!.start,
        layer.transposedStride, previous.panels, room.batch.outputs(index - 1, rows.lowerBound),
        previous.outputStride, previous.outputActivation, room.gradient(index - 1, rows.lowerBound),
        room.gradientStride)
    }
  }

  /// Sums the gradients of a worker's part of a layer over the batch and updates it.
  private func update(_ worker: Int, layer index: Int, _ rule: UpdateRule) {
    let (layer, plan) = (network.layers[index], room.plan)
    var panels = 0..<layer.panels
    var hasBiases = index % plan.workers == worker
    if index == 0 {
      panels = plan.panels(of: worker)
      hasBiases = plan.shares(of: worker).contains(0)
    }
    if index == 0 && inputs.isSparse {
      updatePairs(worker, panels: panels, rule)
    } else {
      var rows = plan.run(of: worker, in: layer.inputCount, step: tileRows)
      if index == 0 {
        let runs = plan.shares(of: worker).map { plan.run(of: $0, in: layer.inputCount, step: tileRows) }
        rows = runs[0].lowerBound..<runs[runs.count - 1].upperBound
      }
      network.kernels.denseUpdate(
        index == 0 ? room.batch.input(0) : room.batch.outputs(index - 1, 0),
        index == 0 ? room.batch.inputStride : network.layers[index - 1].outputStride, rows, examples.count,
        room.gradient(index, 0, panel: panels.lowerBound), room.gradientStride, panels.count,
        parameters(index, panel: panels.lowerBound), rule, layer.transposed?.start, layer.transposedStride)
    }
    if hasBiases { updateBiases(layer: index, panels: panels, rule) }
  }

  /// A layer's parameters from a panel on.
  private func parameters(_ index: Int, panel: Int) -> Parameters {
    let stride = network.layers[index].panelStride
    let weights = network.layers[index].weights.start + panel * stride
    // A moment that the rule's form doesn't have is not touched: any pointer will do.
    return Parameters(
      weights: weights, first: moments[index].first.map { $0.start + panel * stride } ?? weights,
      second: moments[index].count > 1 ? moments[index][1].start + panel * stride : weights, panelStride: stride)
  }

  private func updatePairs(_ number: Int, panels: Range<Int>, _ rule: UpdateRule) {
    let (worker, plan) = (workers[number], room.plan)
    let shares = plan.shares(of: number)
    let size = 2 * panels.count * lanes
    let isWhole = examples.blocks == 1
    if !isWhole {
      let count = shares.reduce(0) { $0 + plan.pairs[$1].count } * size
      if worker.partial.count < count { worker.partial = Buffer(count) }
      worker.partial.start.update(repeating: 0, count: count)
    }
    let parameters = parameters(0, panel: panels.lowerBound)
    for block in 0..<examples.blocks {
      let gradients = room.gradient(0, examples.rows(ofBlock: block).lowerBound, panel: panels.lowerBound)
      var partial = isWhole ? nil : worker.partial.start
      for share in shares {
        let pairs = plan.pairs[share]
        let lists = workers[share].backward.run(
          block * pairs.count..<(block + 1) * pairs.count, needed: isWhole ? workers[share].isNeeded.start : nil)
        network.kernels.sparseUpdate(
          lists, inputs.table.start, gradients, room.gradientStride, panels.count,
          parameters.row(2 * pairs.lowerBound), rule, partial, block == examples.blocks - 1)
        partial = partial.map { $0 + pairs.count * size }
      }
    }
  }

  /// The biases' gradient is that of an input which is always 1.
  private func updateBiases(layer index: Int, panels: Range<Int>, _ rule: UpdateRule) {
    let partial = examples.blocks > 1 ? Buffer<Float>(2 * panels.count * lanes) : nil
    for block in 0..<examples.blocks {
      let rows = examples.rows(ofBlock: block)
      let starts = [0, rows.count]
      starts.withUnsafeBufferPointer { starts in
        network.kernels.sparseUpdate(
          PairRun(entries: everyExample.list.start, starts: starts.baseAddress!, count: 1), everyExample.table.start,
          room.gradient(index, rows.lowerBound, panel: panels.lowerBound), room.gradientStride, panels.count,
          parameters(index, panel: panels.lowerBound).row(network.layers[index].biasRow), rule, partial?.start,
          block == examples.blocks - 1)
      }
    }
  }

  /// What the network said of the batch, before the update.
  private func score() -> Score {
    var score = Score(count: examples.count)
    // One logarithm for some examples: each sum is at most the number of classes, so that their product is no overflow.
    var product = 1.0
    for (row, label) in examples.labels.enumerated() {
      let answer = room.answers.start[row]
      score.correct += answer.best == label ? 1 : 0
      score.lossSum += Double(answer.margin)
      product *= Double(answer.sum)
      if row % 16 == 15 || row == examples.count - 1 {
        score.lossSum += log(product)
        product = 1
      }
    }
    return score
  }
}

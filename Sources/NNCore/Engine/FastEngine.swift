import NNKernels

/// Training in Float on all threads of a pool, the same to the last bit for any number of them.
///
/// A step has two parts. In the first each worker takes a run of the batch's examples through all layers, forward and
/// back to the gradients by the pre-activations; in the second each takes a run of the weights' rows, sums each row's
/// gradient over the examples in their order and updates the row while the sum is in registers. So each number is summed
/// by one worker in a fixed order. No matrix of gradients is kept, but for the first layer's in batches above `block`.
public final class FastEngine: TrainingEngine {
  private let inputs: NetworkInputs
  private let labels: [UInt16]
  private let network: FastNetwork
  private let optimizer: Optimizer
  private let pool: WorkerPool
  private let predictor: Predictor
  /// First and second moments of each layer, shaped as its weights; empty where the optimiser has none.
  private let moments: [[Buffer<Float>]]
  /// Share of examples in which each input is not zero, for sharing out the work.
  private let usage: [Double]
  public private(set) var stepCount: Int

  /// By pairs of inputs of the first layer: whether their moments may be other than zero.
  private let isTouched: Buffer<Bool>

  private var state: BatchState
  private var workers: [Worker]

  /// Examples over which a row's gradient is summed at once, few enough for their gradients to stay in the first-level
  /// cache. Larger batches add up such sums.
  static let block = 128

  /// What is known of the batch at hand.
  private struct BatchState {
    let batch: Batch
    /// Per layer, gradients by the pre-activations in panels, a row an example.
    let gradients: [Buffer<Float>]
    let gradientRows: Int
    /// The examples' places, by label: neighbours of one class have most pixels in common.
    var places: [Int] = []
    /// The same as they came.
    var asGiven: [Int] = []
    var rows: [UnsafePointer<UInt8>] = []
    /// The examples' labels, by row, and what the network says of them.
    let labels: Buffer<Int32>
    let answers: Buffer<Answer>
    let losses: Buffer<Double>
    let plan: WorkPlan

    func gradient(_ layer: Int, _ row: Int) -> UnsafeMutablePointer<Float> { gradients[layer].start + row * lanes }
    var gradientStride: Int { gradientRows * lanes }
  }

  /// What a worker keeps between steps: an object, so that no two workers write to one cache line.
  private final class Worker {
    var forward = PairLists()
    var backward = PairLists()
    var columns = Buffer<UInt8>(0)
    var isNeeded = Buffer<Bool>(0)
    var partial = Buffer<Float>(0)
  }

  /// A list that takes each of a block's examples once, and the table that makes it so: for the biases.
  private let everyExample: (list: Buffer<PairEntry>, table: Buffer<Float>)

  /// - Parameters:
  ///   - resumed: the optimiser's memory of an earlier run, with the number of updates it had done.
  /// - Precondition: the data is labelled and fits the network, and `resumed` fits both network and optimiser.
  public init(
    _ network: Network, on dataset: Dataset, optimizer: Optimizer, pool: WorkerPool, kernels: Kernels = .chosen,
    resuming resumed: (tensors: [String: Safetensors.Tensor], stepCount: Int) = ([:], 0)
  ) {
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
    usage = Self.usage(dataset)
    everyExample = (Buffer(Self.block), Buffer(256))
    for row in 0..<Self.block { everyExample.list.start[row] = PairEntry(row) | 1 << 16 }
    everyExample.table.start[1] = 1
    workers = (0..<pool.count).map { _ in Worker() }
    isTouched = Buffer(network.inputCount / 2 + 1)
    // Those of a resumed run may be so anywhere.
    isTouched.start.update(repeating: stepCount > 0, count: isTouched.count)
    state = Self.state(fast, inputs, usage, capacity: 0, workers: pool.count)
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

  public func step(at places: ArraySlice<Int>, learningRate: Double) -> Score {
    if state.batch.capacity < places.count {
      state = Self.state(network, inputs, usage, capacity: places.count, workers: pool.count)
      workers = (0..<pool.count).map { _ in Worker() }
    }
    // A batch that comes again, as it does if it holds all examples, is listed already.
    let isRepeated = state.asGiven.elementsEqual(places)
    if !isRepeated { arrange(places) }
    stepCount += 1
    let rule = optimizer.rule(step: stepCount, learningRate: learningRate)
    let count = places.count
    pool.split((count + 1) / 2) { worker, pairs in
      let rows = 2 * pairs.lowerBound..<min(2 * pairs.upperBound, count)
      forwardAndBack(rows, workers[worker], batch: count, isRepeated: isRepeated)
    }
    pool.run { worker in
      for (layer, units) in state.plan.units[worker].enumerated() where !units.isEmpty {
        updateRows(workers[worker], layer: layer, units: units, examples: count, rule, isRepeated: isRepeated)
      }
    }
    var score = Score(count: count)
    for row in 0..<count {
      score.lossSum += state.losses.start[row]
      score.correct += state.answers.start[row].best == state.labels.start[row] ? 1 : 0
    }
    return score
  }

  // MARK: Preparing

  /// Makes room for batches of up to `capacity` examples.
  private static func state(
    _ network: FastNetwork, _ inputs: NetworkInputs, _ usage: [Double], capacity: Int, workers: Int
  ) -> BatchState {
    BatchState(
      batch: Batch(network, capacity: capacity, isSparse: inputs.isSparse),
      gradients: network.layers.map { Buffer((capacity + 1) * $0.panels * lanes) }, gradientRows: capacity + 1,
      labels: Buffer(capacity), answers: Buffer(capacity), losses: Buffer(capacity),
      plan: WorkPlan(network, usage: usage, isSparse: inputs.isSparse, batch: capacity, workers: workers))
  }

  /// Puts the batch's examples in the order of their labels, those of one label in the order given.
  private func arrange(_ places: ArraySlice<Int>) {
    state.asGiven = Array(places)
    defer { for (row, place) in state.places.enumerated() { state.labels.start[row] = Int32(labels[place]) } }
    guard inputs.isSparse else {
      state.places = state.asGiven
      return
    }
    var next = Array(repeating: 0, count: network.layers[network.layers.count - 1].outputCount + 1)
    for place in places { next[Int(labels[place]) + 1] += 1 }
    for label in 1..<next.count { next[label] += next[label - 1] }
    if state.places.count != places.count { state.places = state.asGiven }
    for place in places {
      let label = Int(labels[place])
      state.places[next[label]] = place
      next[label] += 1
    }
    state.rows.removeAll(keepingCapacity: true)
    for place in state.places { state.rows.append(inputs.pixels(place)) }
  }

  /// The share of some examples in which each input is not zero; 1 for features.
  private static func usage(_ dataset: Dataset) -> [Double] {
    guard case .pixels(let bytes, _, _) = dataset.inputs else { return Array(repeating: 1, count: dataset.inputCount) }
    let sample = min(1024, dataset.count)
    var counts = Array(repeating: 0, count: dataset.inputCount)
    bytes.withUnsafeBytes { memory in
      for index in 0..<sample {
        let start = index * dataset.count / sample * dataset.inputCount
        for input in counts.indices where memory[start + input] != 0 { counts[input] += 1 }
      }
    }
    return counts.map { Double($0) / Double(max(sample, 1)) }
  }

  // MARK: The two parts of a step

  /// Takes rows of the batch to the loss and back to the first layer's pre-activations.
  private func forwardAndBack(
    _ rows: Range<Int>, _ worker: Worker, batch: Int, isRepeated: Bool
  ) {
    guard !rows.isEmpty else { return }
    state.places.withUnsafeBufferPointer { places in
      network.forward(
        state.batch, rows: rows, places: places.baseAddress!, inputs: inputs, lists: &worker.forward, reusesLists: isRepeated)
    }
    let last = network.layers.count - 1
    let (labels, answers) = (state.labels.start + rows.lowerBound, state.answers.start + rows.lowerBound)
    network.finish(state.batch, rows: rows, labels: labels, answers: answers)
    for index in 0..<rows.count { state.losses.start[rows.lowerBound + index] = answers[index].loss }
    // Softmax and cross-entropy together have dZ = p − y; the loss is the mean over the batch.
    network.kernels.crossEntropyGradient(
      state.batch.outputs(last, rows.lowerBound), network.layers[last].outputStride, rows.count,
      network.layers[last].panels, labels, 1 / Float(batch), state.gradient(last, rows.lowerBound), state.gradientStride)
    for index in network.layers.indices.dropFirst().reversed() {
      let (layer, previous) = (network.layers[index], network.layers[index - 1])
      network.kernels.denseBackward(
        state.gradient(index, rows.lowerBound), state.gradientStride, layer.panels, rows.count,
        layer.transposed!.start, layer.transposedStride, previous.panels, state.batch.outputs(index - 1, rows.lowerBound),
        previous.outputStride, previous.outputActivation, state.gradient(index - 1, rows.lowerBound),
        state.gradientStride)
    }
  }

  /// Sums the gradients of a worker's rows of a layer over the batch and updates them.
  private func updateRows(
    _ worker: Worker, layer index: Int, units: Range<Int>, examples: Int, _ rule: UpdateRule, isRepeated: Bool
  ) {
    let layer = network.layers[index]
    let isSparse = index == 0 && inputs.isSparse
    let rows = WorkPlan.rows(index, isSparse: isSparse)
    let unitCount = (layer.inputCount + rows - 1) / rows
    let own = units.clamped(to: 0..<unitCount)
    if own.isEmpty {
      // The biases alone are this worker's.
    } else if isSparse {
      updatePairs(worker, own, examples: examples, rule, isRepeated: isRepeated)
    } else {
      network.kernels.denseUpdate(
        index == 0 ? state.batch.input(0) : state.batch.outputs(index - 1, 0),
        index == 0 ? state.batch.inputStride : network.layers[index - 1].outputStride,
        rows * own.lowerBound..<min(rows * own.upperBound, layer.inputCount), examples, state.gradient(index, 0),
        state.gradientStride, layer.panels, parameters(index), rule, layer.transposed?.start, layer.transposedStride)
    }
    if units.upperBound > unitCount { updateBiases(worker, layer: index, examples: examples, rule) }
  }

  private func parameters(_ index: Int) -> Parameters {
    let weights = network.layers[index].weights.start
    // A moment that the rule's form doesn't have is not touched: any pointer will do.
    return Parameters(
      weights: weights, first: moments[index].first?.start ?? weights,
      second: moments[index].count > 1 ? moments[index][1].start : weights,
      panelStride: network.layers[index].panelStride)
  }

  private func updatePairs(
    _ worker: Worker, _ pairs: Range<Int>, examples: Int, _ rule: UpdateRule, isRepeated: Bool
  ) {
    let (layer, kernels, table) = (network.layers[0], network.kernels, inputs.table.start)
    let (parameters, touched) = (parameters(0), isTouched.start + pairs.lowerBound)
    let columns = 2 * pairs.lowerBound..<min(2 * pairs.upperBound, layer.inputCount)
    let blocks = (examples + Self.block - 1) / Self.block
    let partialSize = 2 * layer.panels * lanes
    if !isRepeated {
      worker.backward.removeAll()
      if worker.columns.count == 0 {
        worker.columns = Buffer(2 * pairs.count * Self.block)
        worker.isNeeded = Buffer(pairs.count)
      }
    }
    if blocks > 1 {
      if worker.partial.count == 0 { worker.partial = Buffer(pairs.count * partialSize) }
      worker.partial.start.update(repeating: 0, count: pairs.count * partialSize)
    }
    let (bytes, isNeeded) = (worker.columns.start, worker.isNeeded.start)
    for block in 0..<blocks {
      let rows = block * Self.block..<min((block + 1) * Self.block, examples)
      let lists = block * pairs.count..<(block + 1) * pairs.count
      if !isRepeated {
        state.rows.withUnsafeBufferPointer {
          kernels.transpose($0.baseAddress! + rows.lowerBound, rows.count, columns, bytes, Self.block)
        }
        for pair in 0..<pairs.count {
          worker.backward.append(upTo: rows.count) {
            kernels.listPair(bytes + 2 * pair * Self.block, bytes + (2 * pair + 1) * Self.block, rows.count, $0)
          }
        }
      }
      for pair in 0..<pairs.count {
        if worker.backward[lists.lowerBound + pair] > 0 { touched[pair] = true }
        // Else, in a single block, there is nothing to add, and there may be nothing that decays.
        isNeeded[pair] =
          worker.backward[lists.lowerBound + pair] > 0 || blocks > 1 || !rule.leavesRest
          || (rule.form != .plain && touched[pair])
      }
      kernels.sparseUpdate(
        worker.backward.run(lists, needed: isNeeded), table, state.gradient(0, rows.lowerBound), state.gradientStride,
        layer.panels, parameters.row(2 * pairs.lowerBound), rule, blocks > 1 ? worker.partial.start : nil,
        block == blocks - 1)
    }
  }

  /// The biases' gradient is that of an input which is always 1.
  private func updateBiases(_ worker: Worker, layer index: Int, examples: Int, _ rule: UpdateRule) {
    let layer = network.layers[index]
    let blocks = (examples + Self.block - 1) / Self.block
    let partial = blocks > 1 ? Buffer<Float>(2 * layer.panels * lanes) : nil
    for block in 0..<blocks {
      let starts = [0, min(Self.block, examples - block * Self.block)]
      starts.withUnsafeBufferPointer { starts in
        network.kernels.sparseUpdate(
          PairRun(entries: everyExample.list.start, starts: starts.baseAddress!, count: 1), everyExample.table.start,
          state.gradient(index, block * Self.block), state.gradientStride, layer.panels,
          parameters(index).row(layer.biasRow), rule, partial?.start, block == blocks - 1)
      }
    }
  }
}

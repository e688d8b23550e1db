import NNKernels

/// The parts of a step, each as one worker does its share.
extension FastEngine {
  /// Examples that go through a layer between two looks ahead.
  private static let rowsAtATime = 16
  /// Examples that go through all layers and back together, few enough to stay in a near cache all the way.
  private static let rowsTogether = 48

  /// Takes the examples of a worker's shares through its panels of the first layer.
  func firstLayer(_ worker: Int) {
    let (batch, plan) = (room.batch, room.plan)
    let panels = plan.panels(of: worker)
    var ahead = Ahead(next, worker, total: plan.shares(of: worker).reduce(0) { $0 + current.rows[$1].count })
    for share in plan.shares(of: worker) {
      let rows = current.rows[share]
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsAtATime) {
        let part = start..<min(start + Self.rowsAtATime, rows.upperBound)
        network.firstLayer(
          batch, rows: part, panels: panels, inputs: inputs, lists: lists(share, part, from: rows.lowerBound))
        ahead.goOn(part.count, inputs)
      }
    }
  }

  /// Takes rows of the batch, where a worker has all panels of the first layer, to the loss and back to the first layer's
  /// pre-activations.
  func throughAndBack(_ worker: Int) {
    let (batch, panels) = (room.batch, network.layers[0].panels)
    var ahead = Ahead(next, worker, total: max(1, current.rows[worker].count))
    current.forEachPart(ofRows: Self.rowsTogether, worker: worker) { share, rows in
      network.firstLayer(
        batch, rows: rows, panels: 0..<panels, inputs: inputs,
        lists: lists(share, rows, from: current.rows[share].lowerBound))
      laterLayersAndBack(rows)
      ahead.goOn(rows.count, inputs)
    }
  }

  /// The lists of some rows of a share that begins with the row `first`.
  private func lists(_ share: Int, _ rows: Range<Int>, from first: Int) -> QuadRun? {
    guard inputs.isSparse else { return nil }
    let list = (rows.lowerBound - first) / 4
    return current.shares[share].forward.run(list..<list + (rows.count + 3) / 4)
  }

  /// Takes rows of the batch from the first layer's outputs to the loss and back to its pre-activations.
  func laterLayersAndBack(_ rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    let (kernels, layers, batch, first) = (network.kernels, network.layers, room.batch, rows.lowerBound)
    let stride = room.gradientStride
    network.laterLayers(batch, rows: rows)
    let last = layers.count - 1
    current.examples.labels.withUnsafeBufferPointer { labels in
      kernels.softmax(
        batch.outputs(last, first), layers[last].outputStride, rows.count, layers[last].outputCount,
        labels.baseAddress! + first, room.answers.start + first, 1 / Float(labels.count), room.gradient(last, first),
        lanes, stride)
    }
    for index in layers.indices.dropFirst().reversed() {
      let (layer, previous) = (layers[index], layers[index - 1])
      kernels.denseBackward(
        room.gradient(index, first), stride, layer.outputCount, rows.count, layer.transposed!, layer.transposedStride,
        previous.panels, batch.outputs(index - 1, first), previous.outputStride, previous.outputActivation,
        room.gradient(index - 1, first), stride)
    }
  }

  /// Sums the gradients of a worker's part of a layer over the batch and updates it.
  func update(_ worker: Int, layer index: Int, _ rule: UpdateRule) {
    let (layer, plan) = (network.layers[index], room.plan)
    var panels = 0..<layer.panels
    var hasBiases = index % plan.workers == worker
    if index == 0 {
      panels = plan.panels(of: worker)
      hasBiases = plan.shares(of: worker).contains(0)
    }
    if index == 0 && inputs.isSparse {
      updateQuads(worker, panels: panels, rule)
    } else {
      var rows = plan.run(of: worker, in: layer.inputCount, step: tileRows)
      if index == 0 {
        let runs = plan.shares(of: worker).map { plan.run(of: $0, in: layer.inputCount, step: tileRows) }
        rows = runs[0].lowerBound..<runs[runs.count - 1].upperBound
      }
      network.kernels.denseUpdate(
        index == 0 ? room.batch.input(0) : room.batch.outputs(index - 1, 0),
        index == 0 ? room.batch.inputStride : network.layers[index - 1].outputStride, rows, current.count,
        room.gradient(index, 0, panel: panels.lowerBound), room.gradientStride, panels.count,
        parameters(index, panel: panels.lowerBound), rule, layer.transposed, layer.transposedStride)
    }
    if hasBiases { updateBiases(layer: index, panels: panels, rule) }
  }

  /// Quads of inputs that a worker takes on at once.
  private static let quadsTogether = 28

  private func updateQuads(_ worker: Int, panels: Range<Int>, _ rule: UpdateRule) {
    let plan = room.plan
    if plan.groups == 1 {
      current.forEachPart(ofQuads: Self.quadsTogether, worker: worker, plan) { share, quads in
        updateQuads(worker, share, quads, panels: panels, rule)
      }
    } else {
      for share in plan.shares(of: worker) {
        updateQuads(worker, share, 0..<plan.quads[share].count, panels: panels, rule)
      }
    }
  }

  /// Updates the rows of some of a share's quads.
  private func updateQuads(_ worker: Int, _ share: Int, _ part: Range<Int>, panels: Range<Int>, _ rule: UpdateRule) {
    let (batch, own, listed) = (current, room.plan.quads[share], current.shares[share])
    let (blocks, parameters) = (batch.blocks, parameters(0, panel: panels.lowerBound))
    let isWhole = blocks == 1
    if !isWhole {
      let count = 4 * part.count * panels.count * lanes
      if partials[worker].count < count { partials[worker] = Buffer(count) }
      partials[worker].start.update(repeating: 0, count: count)
    }
    let partial = isWhole ? nil : partials[worker].start
    for block in 0..<blocks {
      let first = block * own.count
      network.kernels.sparseUpdate(
        listed.backward.run(
          first + part.lowerBound..<first + part.upperBound, needed: listed.isNeeded.start + part.lowerBound),
        quads.members.start + 4 * (own.lowerBound + part.lowerBound), inputs.table.start,
        room.gradient(0, block * Self.block, panel: panels.lowerBound), room.gradientStride, panels.count, parameters,
        rule, partial, block == blocks - 1)
    }
  }

  /// The biases' gradient is that of an input which is always 1.
  private func updateBiases(layer index: Int, panels: Range<Int>, _ rule: UpdateRule) {
    let (blocks, count) = (current.blocks, current.count)
    let partial = blocks > 1 ? Buffer<Float>(4 * panels.count * lanes) : nil
    let row: [Int32] = [Int32(network.layers[index].biasRow), -1, -1, -1]
    for block in 0..<blocks {
      let rows = block * Self.block..<min((block + 1) * Self.block, count)
      let starts = [0] + Array(repeating: rows.count, count: QuadRun.parts)
      starts.withUnsafeBufferPointer { starts in
        network.kernels.sparseUpdate(
          QuadRun(entries: everyExample.list.start, starts: starts.baseAddress!, count: 1), row,
          everyExample.table.start, room.gradient(index, rows.lowerBound, panel: panels.lowerBound),
          room.gradientStride, panels.count, parameters(index, panel: panels.lowerBound), rule, partial?.start,
          block == blocks - 1)
      }
    }
  }

  /// Sums up a worker's share of what the network said of the batch.
  func score(_ worker: Int) {
    let (count, answers, scores) = (current.count, room.answers.start, room.scores.start)
    for group in room.plan.run(of: worker, in: (count + 15) / 16, step: 1) {
      var score = PartialScore(lossSum: 0, correct: 0)
      // One logarithm for some examples: each sum is at most the number of classes, so that their product is no overflow.
      var product = 1.0
      for row in 16 * group..<min(16 * (group + 1), count) {
        score.correct += answers[row].best == current.examples.labels[row] ? 1 : 0
        score.lossSum += Double(answers[row].margin)
        product *= Double(answers[row].sum)
      }
      score.lossSum += log(product)
      scores[group] = score
    }
  }
}

/// A worker's share of the next batch, whose pixels are asked for while it goes through this one.
private struct Ahead {
  private let batch: ListedBatch
  private let rows: Range<Int>
  private let total: Int
  private var done = 0

  /// - Parameter total: examples of this batch that the worker will go through.
  init(_ batch: ListedBatch, _ worker: Int, total: Int) {
    self.batch = batch
    self.total = total
    rows = batch.isListed ? 0..<0 : batch.rows[worker]
  }

  mutating func goOn(_ count: Int, _ inputs: NetworkInputs) {
    let asked = rows.count * done / total
    done += count
    for row in rows.dropFirst(asked).prefix(rows.count * done / total - asked) {
      inputs.prefetch(batch.examples.places[row])
    }
  }
}

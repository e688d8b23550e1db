import NNKernels

/// The parts of a step of training, each as one worker does its share.
///
/// It holds for the time of a step what its parts go by, so that workers need not count references to it: to do so, they
/// would wait for each other.
struct TrainingStep {
  let network: FastNetwork
  let inputs: NetworkInputs
  let quads: InputQuads
  /// First and second moments of each layer, shaped as its weights; empty where the optimiser has none.
  let moments: [[Buffer<Float>]]
  let room: TrainingRoom
  let rule: UpdateRule
  let current: ListedBatch
  let next: ListedBatch
  let labels: [Int32]

  /// Examples that go through a layer between two looks ahead.
  private static let rowsAtATime = 16
  /// Examples that go through all layers and back together, few enough to stay in a near cache all the way.
  private static let rowsTogether = 48

  /// Takes examples through the first layer; where a worker has all panels of it, on to the loss and back.
  func firstLayer(_ worker: Int) {
    if current.isFixed { fixWeights(worker) }
    if room.plan.groups == 1 { throughAndBack(worker) } else { ownPanels(worker) }
  }

  /// Takes the examples of a worker's shares through its panels of the first layer.
  private func ownPanels(_ worker: Int) {
    let plan = room.plan
    var ahead = Ahead(next, worker, total: plan.shares(of: worker).reduce(0) { $0 + current.preparedRows[$1].count })
    for share in plan.shares(of: worker) {
      let rows = current.preparedRows[share]
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsAtATime) {
        let part = start..<min(start + Self.rowsAtATime, rows.upperBound)
        firstLayer(worker, share, part, from: rows.lowerBound)
        ahead.goOn(part.count, inputs)
      }
    }
  }

  /// Takes parts of the batch to the loss and back to the first layer's pre-activations.
  private func throughAndBack(_ worker: Int) {
    var ahead = Ahead(next, worker, total: max(1, current.rows[worker].count))
    current.forEachPart(ofRows: Self.rowsTogether, worker: worker) { share, rows in
      firstLayer(worker, share, rows, from: current.rows[share].lowerBound)
      laterLayersAndBack(rows)
      ahead.goOn(rows.count, inputs)
    }
  }

  /// Takes some rows of a share, which begins with the row `first`, through a worker's panels of the first layer.
  private func firstLayer(_ worker: Int, _ share: Int, _ rows: Range<Int>, from first: Int) {
    let panels = room.plan.panels(of: worker)
    let list = (rows.lowerBound - first) / 4
    let lists = list..<list + (rows.count + 3) / 4
    if current.isFixed {
      network.firstLayer(
        room.batch, rows: rows, panels: panels, lists: current.shares[share].forwardPairs.run(lists),
        weights: room.fixedWeights[worker].matrix())
    } else {
      network.firstLayer(
        room.batch, rows: rows, panels: panels, inputs: inputs,
        lists: inputs.isSparse ? current.shares[share].forward.run(lists) : nil)
    }
  }

  /// Takes rows of the batch from the first layer's outputs to the loss and back to its pre-activations.
  func laterLayersAndBack(_ rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    network.laterLayers(room.batch, rows: rows)
    let (first, last) = (rows.lowerBound, network.layers.count - 1)
    labels.withUnsafeBufferPointer { labels in
      network.kernels.softmax(
        room.batch.outputs(last, first), network.layers[last].outputStride, rows.count,
        network.layers[last].outputCount,
        labels.baseAddress! + first, room.answers.start + first, 1 / Float(labels.count), room.gradient(last, first),
        lanes, room.gradientStride)
    }
    for index in network.layers.indices.dropFirst().reversed() {
      let (layer, previous) = (network.layers[index], network.layers[index - 1])
      network.kernels.denseBackward(
        room.gradient(index, first), room.gradientStride, layer.outputCount, rows.count, layer.transposed!,
        layer.transposedStride, previous.panels, room.batch.outputs(index - 1, first), previous.outputStride,
        previous.outputActivation, room.gradient(index - 1, first), room.gradientStride)
    }
  }

  /// Brings the first layer's weights into fixed point, for a worker's panels.
  private func fixWeights(_ worker: Int) {
    let (layer, panels) = (network.layers[0], room.plan.panels(of: worker))
    network.kernels.fix(
      layer.weights + panels.lowerBound * layer.panelStride, layer.panelStride, layer.inputCount, panels.count,
      inputs.table.start[1], true, room.fixedWeights[worker].matrix())
  }

  /// Brings the gradients by the first layer's pre-activations into fixed point, for a worker's run of the batch's blocks.
  func fixGradients(_ worker: Int) {
    for block in room.plan.run(of: worker, in: current.blocks.count, step: 1) {
      let rows = current.blocks.rows(ofBlock: block)
      network.kernels.fix(
        room.gradient(0, rows.lowerBound), room.gradientStride, rows.count, network.layers[0].panels,
        inputs.table.start[1], false, room.fixedGradients[block].matrix())
    }
  }

  /// Sums the gradients by a worker's part of the weights over the batch, and updates those; or, where the batch has two
  /// halves, adds to the sums of each.
  func useGradients(_ worker: Int) {
    let halves = current.blocks.halves
    // A worker's own half first, whose gradients it has near.
    let own = room.plan.half(of: worker, of: halves)
    for half in (0..<halves).map({ ($0 + own) % halves }) {
      let crew = room.plan.crew(ofHalf: half, of: halves)
      if crew.contains(worker) {
        for layer in network.layers.indices.dropFirst() { useGradients(worker, crew, half, layer: layer) }
      }
      useFirstLayersGradients(worker, crew, half)
    }
  }

  private func useGradients(_ worker: Int, _ crew: Range<Int>, _ half: Int, layer index: Int) {
    let (layer, plan) = (network.layers[index], room.plan)
    useDenseGradients(
      half, layer: index, inputs: plan.run(of: worker, in: layer.inputCount, step: tileRows, crew: crew),
      panels: 0..<layer.panels)
    if index % crew.count == worker - crew.lowerBound {
      useBiasGradients(half, layer: index, panels: 0..<layer.panels)
    }
  }

  private func useFirstLayersGradients(_ worker: Int, _ crew: Range<Int>, _ half: Int) {
    let (plan, width) = (room.plan, network.layers[0].inputCount)
    let (panels, shares) = (plan.panels(of: worker), plan.shares(of: worker))
    let isShared = plan.groups == 1
    if isShared ? worker == crew.lowerBound : worker < plan.groups {
      useBiasGradients(half, layer: 0, panels: panels)
    }
    switch (inputs.isSparse, isShared) {
    case (true, true):
      current.forEachPart(ofQuads: Self.quadsTogether, half: half, worker: worker, plan) { share, quads in
        useQuadsGradients(half, share, quads, panels: panels)
      }
    case (true, false):
      for share in shares { useQuadsGradients(half, share, 0..<plan.quads[share].count, panels: panels) }
    case (false, true):
      guard crew.contains(worker) else { return }
      useDenseGradients(
        half, layer: 0, inputs: plan.run(of: worker, in: width, step: tileRows, crew: crew), panels: panels)
    case (false, false):
      for share in shares {
        useDenseGradients(half, layer: 0, inputs: plan.run(of: share, in: width, step: tileRows), panels: panels)
      }
    }
  }

  /// Quads of inputs that a worker takes on at once.
  private static let quadsTogether = 28

  /// Where the gradients by a layer's weights go from a panel on, by which rule.
  private func target(_ half: Int, layer: Int, panel: Int) -> (Parameters, UpdateRule) {
    guard current.blocks.halves > 1 else { return (parameters(layer, panel: panel), rule) }
    let stride = network.layers[layer].panelStride
    let sums = room.sums[half][layer].start + panel * stride
    return (Parameters(weights: sums, first: sums, second: sums, panelStride: stride), UpdateRule(.sum))
  }

  /// Those by the rows of some of a share's quads.
  private func useQuadsGradients(_ half: Int, _ share: Int, _ part: Range<Int>, panels: Range<Int>) {
    let (own, listed) = (room.plan.quads[share], current.shares[share])
    let (parameters, rule) = target(half, layer: 0, panel: panels.lowerBound)
    let needed = rule.form == .sum ? listed.isUsed : listed.isNeeded
    for block in current.blocks.blocks(ofHalf: half) {
      let lists = block * own.count + part.lowerBound..<block * own.count + part.upperBound
      let (needed, inputs) = (
        needed.start + part.lowerBound, quads.members.start + 4 * (own.lowerBound + part.lowerBound)
      )
      if current.isFixed {
        network.kernels.fixedUpdate(
          listed.backwardPairs.run(lists, needed: needed), inputs,
          room.fixedGradients[block].matrix(from: panels.lowerBound), panels.count, parameters, rule)
      } else {
        network.kernels.sparseUpdate(
          listed.backward.run(lists, needed: needed), inputs, self.inputs.table.start,
          room.gradient(0, current.blocks.rows(ofBlock: block).lowerBound, panel: panels.lowerBound),
          room.gradientStride, panels.count, parameters, rule)
      }
    }
  }

  /// Those by the rows of some of a layer's inputs.
  private func useDenseGradients(
    _ half: Int, layer index: Int, inputs range: Range<Int>, panels: Range<Int>
  ) {
    let (layer, rows) = (network.layers[index], current.blocks.rows(ofHalf: half))
    let (parameters, rule) = target(half, layer: index, panel: panels.lowerBound)
    network.kernels.denseUpdate(
      index == 0 ? room.batch.input(rows.lowerBound) : room.batch.outputs(index - 1, rows.lowerBound),
      index == 0 ? room.batch.inputStride : network.layers[index - 1].outputStride, range, rows.count,
      room.gradient(index, rows.lowerBound, panel: panels.lowerBound), room.gradientStride, panels.count, parameters,
      rule,
      rule.form == .sum ? nil : layer.transposed, layer.transposedStride)
  }

  /// Those by the biases are those by the weights of an input that is always 1.
  private func useBiasGradients(_ half: Int, layer index: Int, panels: Range<Int>) {
    let row: [Int32] = [Int32(network.layers[index].biasRow), -1, -1, -1]
    let (parameters, rule) = target(half, layer: index, panel: panels.lowerBound)
    for block in current.blocks.blocks(ofHalf: half) {
      let rows = current.blocks.rows(ofBlock: block)
      let starts = [0] + Array(repeating: rows.count, count: QuadRun.parts)
      starts.withUnsafeBufferPointer { starts in
        network.kernels.sparseUpdate(
          QuadRun(entries: room.everyExample.list.start, starts: starts.baseAddress!, count: 1), row,
          room.everyExample.table.start, room.gradient(index, rows.lowerBound, panel: panels.lowerBound),
          room.gradientStride, panels.count, parameters, rule)
      }
    }
  }

  /// Updates a worker's rows of all layers by the sums of both halves.
  func updateBySums(_ worker: Int) {
    for (index, layer) in network.layers.enumerated() {
      let inputs = room.plan.run(of: worker, in: layer.inputCount, step: lanes)
      let sums = (room.sums[0][index].start, room.sums[1][index].start)
      network.kernels.updateBySums(
        sums, inputs, layer.panels, parameters(index, panel: 0), rule, layer.transposed, layer.transposedStride)
      if index % room.plan.workers == worker {
        network.kernels.updateBySums(
          sums, layer.biasRow..<layer.biasRow + 1, layer.panels, parameters(index, panel: 0), rule, nil, 0)
      }
    }
  }

  /// A layer's parameters from a panel on.
  private func parameters(_ index: Int, panel: Int) -> Parameters {
    let stride = network.layers[index].panelStride
    let weights = network.layers[index].weights + panel * stride
    // A moment that the rule's form doesn't have is not touched: any pointer will do.
    return Parameters(
      weights: weights, first: moments[index].first.map { $0.start + panel * stride } ?? weights,
      second: moments[index].count > 1 ? moments[index][1].start + panel * stride : weights, panelStride: stride)
  }

  /// Sums up a worker's share of what the network said of the batch.
  func score(_ worker: Int) {
    let (count, answers, scores) = (current.count, room.answers.start, room.scores.start)
    for group in room.plan.run(of: worker, in: (count + 15) / 16, step: 1) {
      var score = TrainingRoom.PartialScore(lossSum: 0, correct: 0)
      // One logarithm for some examples: each sum is at most the number of classes, so that their product is no overflow.
      var product = 1.0
      for row in 16 * group..<min(16 * (group + 1), count) {
        score.correct += answers[row].best == labels[row] ? 1 : 0
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
    rows = batch.isListed ? 0..<0 : batch.preparedRows[worker]
  }

  mutating func goOn(_ count: Int, _ inputs: NetworkInputs) {
    let asked = rows.count * done / total
    done += count
    for row in rows.dropFirst(asked).prefix(rows.count * done / total - asked) {
      inputs.prefetch(batch.examples.places[row])
    }
  }
}

import NNKernelTypes

// Phase 5: update.

extension TrainingStep {
  /// Sums the gradients by a worker's part of the weights over the batch and updates these; or, where the batch has two
  /// reduction halves, adds to the sums of each half.
  func update(_ worker: Int) {
    let halves = batch.blocks.reductionHalves
    // A worker's own half first: its gradients are in the worker's cache.
    let own = plan.half(of: worker, of: halves)
    for half in (0..<halves).map({ ($0 + own) % halves }) {
      let team = plan.team(ofHalf: half, of: halves)
      if team.contains(worker) {
        for layer in network.layers.indices.dropFirst() { updateLaterLayer(layer, worker, team, half) }
      }
      updateFirstLayer(worker, team, half)
    }
  }

  private func updateLaterLayer(_ index: Int, _ worker: Int, _ team: Range<Int>, _ half: Int) {
    let (layer, rows) = (network.layers[index], batch.blocks.rows(ofHalf: half))
    let target = self.target(index, panels: 0..<layer.panels, team, half)
    network.kernels.denseUpdate(
      inputs(of: index, rows),
      range: plan.run(of: worker, in: layer.inputCount, step: tileRows, team: team),
      gradients: Panels(workspace.gradients(index, rows, panels: target.panels)), parameters: target.parameters,
      rule: target.rule, transposed: target.rule.form == .sum ? nil : layer.transposedPanels)
    if index % team.count == worker - team.lowerBound { updateBiases(index, target) }
  }

  private func updateFirstLayer(_ worker: Int, _ team: Range<Int>, _ half: Int) {
    let target = self.target(0, panels: plan.panels(of: worker), team, half)
    if plan.groups == 1 ? worker == team.lowerBound : worker < plan.groups { updateBiases(0, target) }
    first.update(worker, target, workspace)
  }

  /// The gradients by the biases are the gradients by the weights of an input that is always 1.
  private func updateBiases(_ index: Int, _ target: UpdateTarget) {
    let row: [Int32] = [Int32(network.layers[index].biasRow), -1, -1, -1]
    for block in batch.blocks.blocks(ofHalf: target.half) {
      let rows = batch.blocks.rows(ofBlock: block)
      let starts = [0] + Array(repeating: rows.count, count: QuadRun.parts)
      starts.withUnsafeBufferPointer { starts in
        network.kernels.sparseUpdate(
          QuadRun(entries: workspace.constantInput.list.start, starts: starts.baseAddress!, count: 1), inputs: row,
          table: workspace.constantInput.table.start,
          gradients: Panels(workspace.gradients(index, rows, panels: target.panels)), parameters: target.parameters,
          rule: target.rule)
      }
    }
  }

  /// Updates a worker's rows of all layers by the sums of both reduction halves.
  func updateBySums(_ worker: Int) {
    for (index, layer) in network.layers.enumerated() {
      let inputs = plan.run(of: worker, in: layer.inputCount, step: lanes)
      let sums = (workspace.sums[0][index].start, workspace.sums[1][index].start)
      let parameters = self.parameters(index, panels: 0..<layer.panels)
      network.kernels.updateBySums(
        sums, range: inputs, parameters: parameters, rule: rule, transposed: layer.transposedPanels)
      if index % plan.workers == worker {
        network.kernels.updateBySums(
          sums, range: layer.biasRow..<layer.biasRow + 1, parameters: parameters, rule: rule, transposed: nil)
      }
    }
  }

  private func target(_ layer: Int, panels: Range<Int>, _ team: Range<Int>, _ half: Int) -> UpdateTarget {
    guard sumsGradients else {
      return UpdateTarget(
        half: half, team: team, panels: panels, parameters: parameters(layer, panels: panels), rule: rule)
    }
    let stride = network.layers[layer].panelStride
    let sums = workspace.sums[half][layer].start + panels.lowerBound * stride
    return UpdateTarget(
      half: half, team: team, panels: panels,
      parameters: ParameterPanels(weights: sums, stride: stride, count: panels.count), rule: UpdateRule(.sum))
  }

  /// The parameters of some panels of a layer.
  private func parameters(_ index: Int, panels: Range<Int>) -> ParameterPanels {
    let stride = network.layers[index].panelStride
    let offset = panels.lowerBound * stride
    let weights = network.layers[index].weights + offset
    // The pointer of a moment that the optimiser doesn't have is never followed.
    return ParameterPanels(
      weights: weights, firstMoment: moments[index].first.map { $0.start + offset } ?? weights,
      secondMoment: moments[index].second.map { $0.start + offset } ?? weights, stride: stride, count: panels.count)
  }
}

import NNKernelTypes

// Norms of the gradient and of the weights. Each panel's squares are summed by one worker, and the panels' sums are
// added in their order, so that any number of workers gives the same norms.

extension TrainingStep {
  /// Whether gradients are summed in memory before any parameter is updated.
  var sumsGradients: Bool { batch.blocks.reductionHalves > 1 || rules.clipNorm.isFinite }

  /// Cuts the gradient's norm, where the plan says so, and updates all parameters by the gradients that were summed.
  func applySums(on pool: WorkerPool) {
    var step = self
    if rules.clipNorm.isFinite {
      pool.run(squareSums)
      let squares = panelNumbers.reduce(0) { $0 + workspace.squares.start[$1.number] }
      step.rule.sumScale = Float(rules.clipFactor(norm: squares.squareRoot()))
    }
    let scaled = step
    pool.run { scaled.updateBySums($0) }
  }

  /// All panels of all layers, numbered.
  private var panelNumbers: [(number: Int, layer: Int, panel: Int)] {
    let panels = network.layers.enumerated().flatMap { index, layer in (0..<layer.panels).map { (index, $0) } }
    return panels.enumerated().map { ($0.offset, $0.element.0, $0.element.1) }
  }

  private func squareSums(_ worker: Int) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: lanes) { sums in
      for (number, index, panel) in panelNumbers where number % plan.workers == worker {
        let layer = network.layers[index]
        let offset = panel * layer.panelStride
        network.kernels.columnSquares(
          workspace.sums[0][index].start + offset, plus: workspace.sums[1][index].start + offset,
          rows: layer.biasRow + 1, into: sums.baseAddress!)
        workspace.squares.start[number] = sums.reduce(0) { $0 + Double($1) }
      }
    }
  }

  /// Cuts the norms of the incoming weights of a worker's part of the neurons.
  func boundNorms(_ worker: Int) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: lanes) { columns in
      for (number, index, panel) in panelNumbers where number % plan.workers == worker {
        let layer = network.layers[index]
        network.kernels.columnSquares(
          layer.weights + panel * layer.panelStride, plus: nil, rows: layer.inputCount, into: columns.baseAddress!)
        var isOver = false
        for lane in columns.indices {
          let factor = rules.boundFactor(norm: Double(columns[lane]).squareRoot())
          if factor != 1 { isOver = true }
          columns[lane] = Float(factor)
        }
        guard isOver else { continue }
        network.kernels.scaleColumns(
          MutablePanels(start: layer.weights, stride: layer.panelStride, count: layer.panels), panel: panel,
          rows: layer.inputCount, by: columns.baseAddress!, transposed: layer.transposedPanels)
      }
    }
  }
}

import NNKernelTypes

// Phase 3: loss.

extension TrainingStep {
  /// Computes what the network says of rows of the batch, and the gradient of the mean cross-entropy by their logits.
  func loss(_ rows: Range<Int>) {
    let gradients = workspace.gradients(network.last, rows, panels: 0..<network.layers[network.last].panels)
    let targets = SoftmaxTargets(start: gradients.start, rowStride: lanes, panelStride: gradients.stride)
    labels.withUnsafeBufferPointer { labels in
      network.kernels.softmax(
        Rows(workspace.outputs.rows(network.last, rows)), classCount: network.classCount,
        labels: labels.baseAddress! + rows.lowerBound, answers: workspace.answers.start + rows.lowerBound,
        gradientScale: rules.loss == nil ? 1 / Float(labels.count) : nil, targets: targets)
    }
    if let loss = rules.loss { apply(loss, rows, targets) }
    if let teacher { follow(teacher, rows, targets) }
  }

  /// Turns probabilities of rows of the batch into the gradient of a loss that goes beyond cross-entropy, and computes
  /// that loss.
  private func apply(_ loss: TrainingLoss, _ rows: Range<Int>, _ targets: SoftmaxTargets) {
    let logits = workspace.outputs.rows(network.last, rows)
    for row in 0..<rows.count {
      let (label, answer) = (Int(labels[rows.lowerBound + row]), workspace.answers.start[rows.lowerBound + row])
      let own = logits.start + row * logits.stride
      let scale = loss.scale(label: label)
      for index in 0..<network.classCount {
        let place = targets.start + row * targets.rowStride + index / lanes * targets.panelStride + index % lanes
        place.pointee = Float((scale * Double(place.pointee) - loss.target(index, label: label)) / lossTotal)
      }
      let level = log(Double(answer.sum)) + Double(answer.margin) + Double(own[label])
      let value = loss.value(label: label) { level - Double(own[$0]) }
      workspace.losses.start[rows.lowerBound + row] = value / lossTotal * Double(labels.count)
    }
  }

  /// Mixes the loss of rows of the batch, and its gradient, with what teachers make of the examples.
  private func follow(_ teacher: Teacher, _ rows: Range<Int>, _ targets: SoftmaxTargets) {
    let (logits, teaching) = (workspace.outputs.rows(network.last, rows), teacher.teaching)
    let gradientFactor = teaching.factor / teaching.temperature / Double(labels.count)
    for row in 0..<rows.count {
      let (own, wanted) = (logits.start + row * logits.stride, teacher.targets(rows.lowerBound + row))
      var maximum = own[0]
      for index in 1..<network.classCount { maximum = max(maximum, own[index]) }
      func exponent(_ index: Int) -> Double { Double(own[index] - maximum) / teaching.temperature }
      var sum = 0.0
      for index in 0..<network.classCount { sum += exp(exponent(index)) }
      var divergence = 0.0
      for index in 0..<network.classCount {
        let (target, logarithm) = (Double(wanted[index]), exponent(index) - log(sum))
        if target > 0 { divergence += target * (log(target) - logarithm) }
        let place = targets.start + row * targets.rowStride + index / lanes * targets.panelStride + index % lanes
        let byLabel = (1 - teaching.weight) * Double(place.pointee)
        place.pointee = Float(byLabel + gradientFactor * (exp(logarithm) - target))
      }
      let loss = workspace.losses.start + rows.lowerBound + row
      loss.pointee = (1 - teaching.weight) * loss.pointee + teaching.factor * divergence
    }
  }

  /// Sums a worker's part of the batch's losses and hits.
  func score(_ worker: Int) {
    let (size, answers) = (TrainingWorkspace.scoredRows, workspace.answers.start)
    for group in plan.run(of: worker, in: (batch.count + size - 1) / size, step: 1) {
      var score = TrainingWorkspace.PartialScore(lossSum: 0, correct: 0)
      // One logarithm for sixteen examples: each sum is at most the number of classes, so that their product can't
      // overflow.
      var product = 1.0
      for row in size * group..<min(size * (group + 1), batch.count) {
        score.correct += answers[row].best == labels[row] ? 1 : 0
        score.lossSum += Double(answers[row].margin)
        product *= Double(answers[row].sum)
      }
      score.lossSum += log(product)
      if rules.loss != nil {
        score.lossSum = 0
        for row in size * group..<min(size * (group + 1), batch.count) { score.lossSum += workspace.losses.start[row] }
      }
      workspace.scores.start[group] = score
    }
  }
}

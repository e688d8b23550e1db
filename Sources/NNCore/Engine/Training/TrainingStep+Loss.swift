import NNKernelTypes

// Phase 3: loss.

extension TrainingStep {
  /// Computes what the network says of rows of the batch, and the gradient of the mean cross-entropy by their logits.
  func loss(_ rows: Range<Int>) {
    let gradients = workspace.gradients(network.last, rows, panels: 0..<network.layers[network.last].panels)
    labels.withUnsafeBufferPointer { labels in
      network.kernels.softmax(
        Rows(workspace.outputs.rows(network.last, rows)), classCount: network.classCount,
        labels: labels.baseAddress! + rows.lowerBound, answers: workspace.answers.start + rows.lowerBound,
        gradientScale: 1 / Float(labels.count),
        targets: SoftmaxTargets(start: gradients.start, rowStride: lanes, panelStride: gradients.stride))
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
      workspace.scores.start[group] = score
    }
  }
}

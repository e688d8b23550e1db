/// Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017): logits are divided by the T > 0
/// that minimises the loss on data that the network wasn't trained on.
///
/// It changes no answer, only the answers' probabilities.
package struct TemperatureScaling: Sendable, Equatable {
  /// T, rounded to four places.
  package let temperature: Double
  /// The mean cross-entropy with T = 1.
  package let lossBefore: Double
  /// The mean cross-entropy with `temperature`.
  package let loss: Double

  /// Fits the temperature of `network` on the labelled examples of `dataset` at `places`. A temperature that it has is
  /// ignored.
  ///
  /// - Precondition: the data fits the network, and there are places.
  package init(of network: Network, on dataset: Dataset, at places: some Collection<Int>, pool: WorkerPool) {
    let places = Array(places)
    let logits = ForwardPass(FastNetwork(network.layers), pool: pool)
      .logits(places, inputs: NetworkInputs(dataset, scale: network.scale))
    let labels = dataset.labels ?? []
    self.init(logits: logits, labels: places.map { Int(labels[$0]) })
  }

  /// - Parameters:
  ///   - logits: the logits of all classes, example by example.
  ///   - labels: one an example, each below the number of classes.
  package init(logits: [Float], labels: [Int]) {
    let data = LabelledLogits(logits: logits, labels: labels)
    temperature = (data.bestTemperature * 1e4).rounded() / 1e4
    lossBefore = data.slopes(at: 1).loss
    loss = data.slopes(at: 1 / temperature).loss
  }
}

/// The loss of logits and labels as a function of the inverse temperature.
private struct LabelledLogits {
  let logits: [Float]
  let labels: [Int]

  private var classCount: Int { logits.count / labels.count }

  /// The mean loss where logits are multiplied by `inverse`, and its first two derivatives by that.
  ///
  /// With p = softmax(βz), L(β) = log Σ exp(βzₖ) − βz_label, L′ = Σ pₖzₖ − z_label, and L″ is the variance of z under
  /// p: never below 0, so that the loss has one minimum.
  func slopes(at inverse: Double) -> (loss: Double, first: Double, second: Double) {
    var (loss, first, second) = (0.0, 0.0, 0.0)
    for (example, label) in labels.enumerated() {
      let row = logits[example * classCount..<(example + 1) * classCount]
      // The maximum is subtracted first, so that nothing overflows.
      let maximum = Double(row.max()!)
      let wanted = Double(row[row.startIndex + label]) - maximum
      var (sum, weighted, squared) = (0.0, 0.0, 0.0)
      for logit in row {
        let value = Double(logit) - maximum
        let share = exp(inverse * value)
        sum += share
        weighted += share * value
        squared += share * value * value
      }
      let mean = weighted / sum
      loss += log(sum) - inverse * wanted
      first += mean - wanted
      second += squared / sum - mean * mean
    }
    let count = Double(labels.count)
    return (loss / count, first / count, second / count)
  }

  /// The temperature of minimum loss. Where every label has the maximum logit, the loss has no minimum: then it is 1.
  var bestTemperature: Double {
    let areAllRight = labels.indices.allSatisfy { example in
      let row = logits[example * classCount..<(example + 1) * classCount]
      return row[row.startIndex + labels[example]] == row.max()
    }
    if areAllRight { return 1 }
    var (low, high) = (1 / Network.temperatureRange.upperBound, 1 / Network.temperatureRange.lowerBound)
    if slopes(at: low).first >= 0 { return 1 / low }
    if slopes(at: high).first <= 0 { return 1 / high }
    // Newton's method for the zero of the first derivative; bisection where a step leads out of the interval.
    var inverse = 1.0
    for _ in 0..<100 {
      let (_, first, second) = slopes(at: inverse)
      if first < 0 { low = inverse } else { high = inverse }
      let next = inverse - first / second
      let better = next > low && next < high ? next : (low + high) / 2
      let isClose = abs(better - inverse) <= 1e-10 * inverse
      inverse = better
      if isClose { break }
    }
    return 1 / inverse
  }
}

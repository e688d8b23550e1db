/// The exponential moving average of a network's parameters, as PyTorch's `AveragedModel` keeps it: it begins with the
/// parameters after the first update, and then takes `decay` of itself and the rest of the new parameters.
final class WeightAverage {
  let network: FastNetwork
  private let share: Float

  init(_ network: FastNetwork, decay: Double) {
    (self.network, share) = (network, Float(1 - decay))
  }

  /// Takes in the parameters after an update.
  func add(_ current: FastNetwork, isFirst: Bool, pool: WorkerPool) {
    let share = isFirst ? 1 : share
    for (average, layer) in zip(network.layers, current.layers) {
      let (means, weights) = (average.weights, layer.weights)
      pool.split(layer.weightCount) { _, range in
        for place in range { means[place] += share * (weights[place] - means[place]) }
      }
    }
  }
}

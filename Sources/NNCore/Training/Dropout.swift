/// Dropout (Srivastava et al., 2014) as PyTorch has it: in training, each neuron's output is 0 with a layer's rate, and
/// else divided by 1 − rate, so that its mean stays as it is.
///
/// Whether a neuron is dropped depends on the seed, the update, the example and the neuron alone. So masks are the same
/// for any number of threads, and after going on from a checkpoint.
package struct Dropout: Sendable {
  private let seed: UInt32
  /// The rates of the inputs and of each hidden layer.
  private let rates: [Double]

  /// - Parameter rates: of the hidden layers: one for all, one for each, or none.
  /// - Returns: nil if nothing is dropped.
  package init?(seed: UInt32, inputRate: Double, rates: [Double], hiddenLayers: Int) {
    let all = rates.isEmpty ? [0] : rates
    self.seed = seed
    self.rates = [inputRate] + (0..<hiddenLayers).map { all.count == 1 ? all[0] : all[$0] }
    if self.rates.allSatisfy({ $0 == 0 }) { return nil }
  }

  /// Whether any of the inputs are dropped.
  var dropsInputs: Bool { rates[0] > 0 }
  /// Whether any hidden neurons are dropped.
  var dropsNeurons: Bool { rates.dropFirst().contains { $0 > 0 } }

  /// What an output that is kept is multiplied by.
  ///
  /// - Parameter layer: 0 for the inputs, and from 1 the hidden layers.
  func gain(_ layer: Int) -> Double { 1 / (1 - rates[layer]) }

  /// The bits below which a neuron is dropped.
  func threshold(_ layer: Int) -> UInt32 { UInt32(rates[layer] * 0x1p32) }

  /// What the bits of an example's neurons in a layer are made of.
  ///
  /// - Parameters:
  ///   - place: the example's place in the data.
  ///   - step: the number of the update, from 1.
  func key(place: Int, step: Int, layer: Int) -> UInt32 {
    IndexedBits.key(seed: seed, layer, step, place)
  }

  /// The factor of a neuron's output.
  func factor(_ neuron: Int, key: UInt32, layer: Int) -> Double {
    IndexedBits.bits(key, neuron) < threshold(layer) ? 0 : gain(layer)
  }
}

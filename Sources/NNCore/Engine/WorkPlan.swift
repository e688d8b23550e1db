import NNKernels

/// How the rows of all layers' weights are shared out among workers for their updates.
///
/// A unit of the first layer, if it is sparse, is a pair of inputs' rows, else a tile's; the last unit of a layer is its
/// biases. Each worker gets a run of units of nearly equal cost. Who updates a row makes no difference to it.
struct WorkPlan {
  /// By worker and layer, a range of units.
  let units: [[Range<Int>]]

  /// Rows in a unit of a layer.
  static func rows(_ layer: Int, isSparse: Bool) -> Int { layer == 0 && isSparse ? 2 : tileRows }

  /// - Parameters:
  ///   - usage: how often each input of the first layer is not zero, 0…1.
  ///   - batch: examples an update.
  init(_ network: FastNetwork, usage: [Double], isSparse: Bool, batch: Int, workers: Int) {
    var costs: [(layer: Int, cost: Double)] = []
    for (index, layer) in network.layers.enumerated() {
      let rows = Self.rows(index, isSparse: isSparse)
      for start in stride(from: 0, to: layer.inputCount, by: rows) {
        let range = start..<min(start + rows, layer.inputCount)
        // Examples that are gone through, and the optimiser's work on the rows, which is that of some examples.
        let examples = index == 0 && isSparse ? range.reduce(0.0) { $0 + usage[$1] } : Double(range.count)
        costs.append((index, Double(layer.panels) * (Double(batch) * examples + Double(8 * rows))))
      }
      costs.append((index, Double(layer.panels * (batch + 8))))
    }
    let total = costs.reduce(0) { $0 + $1.cost }
    var units = Array(repeating: Array(repeating: 0..<0, count: network.layers.count), count: workers)
    var done = 0.0
    var first = 0
    var next = 0
    for (number, (layer, cost)) in costs.enumerated() {
      if number == 0 || costs[number - 1].layer != layer {
        first = 0
        next = 0
      }
      let worker = min(workers - 1, Int((done + cost / 2) / total * Double(workers)))
      if units[worker][layer].isEmpty { first = next }
      next += 1
      units[worker][layer] = first..<next
      done += cost
    }
    self.units = units
  }
}

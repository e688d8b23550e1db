/// Statistics of a data set's inputs and labels.
package struct DataMeasures: Sendable {
  /// The share of inputs that are not 0.
  package let density: Double
  package let minimum: Double
  package let maximum: Double
  package let mean: Double
  /// Number of examples of each label; nil without labels.
  package let classCounts: [Int]?

  package init(of dataset: Dataset) {
    let numbers =
      switch dataset.inputs {
      case .pixels(let bytes, _, _): NumberArray(.uint8, isBigEndian: false, shape: [bytes.count], bytes: bytes)
      case .features(let bytes, _): NumberArray(.float32, isBigEndian: false, shape: [bytes.count / 4], bytes: bytes)
      }
    var (nonZero, sum, low, high) = (0, 0.0, Double.infinity, -Double.infinity)
    numbers.forEachBlock { _, block in
      // Each block has its own sum, so that adding millions of small numbers loses little precision.
      var part = 0.0
      _ = block.allSatisfy { _, value in
        if value != 0 { nonZero += 1 }
        part += value
        if value < low { low = value }
        if value > high { high = value }
        return true
      }
      sum += part
    }
    density = Double(nonZero) / Double(max(numbers.count, 1))
    mean = sum / Double(max(numbers.count, 1))
    (minimum, maximum) = numbers.count > 0 ? (low, high) : (0, 0)
    classCounts = dataset.labels.map { labels in
      var counts = Array(repeating: 0, count: dataset.classes.count)
      for label in labels { counts[Int(label)] += 1 }
      return counts
    }
  }
}

/// A histogram of values of 0…1 with 256 bins.
package struct Histogram {
  package private(set) var count = 0
  private var bins = Array(repeating: 0, count: 256)

  package init() {}

  package mutating func add(_ value: Float) {
    bins[Int(min(max(value, 0), 1) * 255 + 0.5)] += 1
    count += 1
  }

  /// The histograms of the values up to `value` and of the values above it.
  package func split(at value: Float) -> (low: Histogram, high: Histogram) {
    var (low, high) = (Histogram(), Histogram())
    for (bin, number) in bins.enumerated() where number > 0 {
      if Float(bin) / 255 <= value {
        low.bins[bin] = number
        low.count += number
      } else {
        high.bins[bin] = number
        high.count += number
      }
    }
    return (low, high)
  }

  /// The quantile: the smallest bin's value that at least `share` of the values don't exceed.
  package func quantile(_ share: Double) -> Float {
    let wanted = Int((share * Double(count)).rounded(.up))
    var seen = 0
    for (bin, number) in bins.enumerated() {
      seen += number
      if seen >= max(wanted, 1) { return Float(bin) / 255 }
    }
    return 1
  }

  /// Otsu's threshold (1979): it splits the values into two classes with maximum variance between them, which is
  /// minimum variance within them. Values up to the threshold are the lower class.
  package var otsuThreshold: Float {
    let total = bins.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
    var (best, bestVariance) = (0, -1.0)
    var (belowCount, belowSum) = (0.0, 0.0)
    for bin in 0..<255 {
      belowCount += Double(bins[bin])
      belowSum += Double(bin * bins[bin])
      let aboveCount = Double(count) - belowCount
      guard belowCount > 0, aboveCount > 0 else { continue }
      let difference = belowSum / belowCount - (total - belowSum) / aboveCount
      let variance = belowCount * aboveCount * difference * difference
      if variance > bestVariance { (best, bestVariance) = (bin, variance) }
    }
    return (Float(best) + 0.5) / 255
  }
}

/// The weighted median: the smallest value at which the cumulative weight reaches half of the total; nil without
/// values.
package func weightedMedian(_ values: [(value: Double, weight: Double)]) -> Double? {
  let sorted = values.sorted { $0.value < $1.value }
  let half = sorted.reduce(0) { $0 + $1.weight } / 2
  var sum = 0.0
  for (value, weight) in sorted {
    sum += weight
    if sum >= half { return value }
  }
  return nil
}

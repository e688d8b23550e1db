/// How well a class is told from the others, as in scikit-learn's `classification_report`: 0 where the divisor is 0.
package struct ClassMeasures: Sendable, Equatable {
  /// Of the examples that were given the class, the share that have it.
  package let precision: Double
  /// Of the examples that have the class, the share that were given it.
  package let recall: Double
  /// The harmonic mean of precision and recall.
  package let f1: Double
  /// The examples that have the class.
  package let support: Int

  init(hits: Int, given: Int, real: Int) {
    func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    (precision, recall) = (share(hits, given), share(hits, real))
    (f1, support) = (share(2 * hits, given + real), real)
  }
}

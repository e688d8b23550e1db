/// The epoch that training has done best in so far, by its validation.
package struct BestEpoch: Sendable, Equatable {
  /// From 1.
  package let epoch: Int
  package let validation: Score
  package let layers: [Layer]
}

import FoundationEssentials

/// The classifier's answer for a group of segments: its most probable class.
struct DigitAnswer {
  let label: Int
  let probability: Float

  /// - Parameter probabilities: the probability of each class.
  init(_ probabilities: [Float]) {
    (label, probability) =
      probabilities.enumerated().max { $0.element < $1.element }.map { ($0.offset, $0.element) } ?? (0, 0)
  }
}

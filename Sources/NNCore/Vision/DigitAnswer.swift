import FoundationEssentials

/// What a network takes a group for.
struct DigitAnswer {
  let label: Int
  let probability: Float

  /// - Parameter probabilities: of the classes.
  init(_ probabilities: [Float]) {
    (label, probability) =
      probabilities.enumerated().max { $0.element < $1.element }.map { ($0.offset, $0.element) } ?? (0, 0)
  }
}

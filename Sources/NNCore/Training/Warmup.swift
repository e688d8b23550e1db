/// For how long the learning rate goes up at the start of training: a number of epochs, such as 2 or 0.5, or a share of
/// all updates, such as 10%.
package enum Warmup: Sendable, Equatable {
  case epochs(Double)
  /// Hundredths of all updates: as they are written, so that reading gives exactly what was written.
  case percent(Double)

  /// The number of updates, not rounded, of `total` with `stepsAnEpoch` in an epoch.
  package func steps(of total: Int, stepsAnEpoch: Int) -> Double {
    switch self {
    case .epochs(let count): min(count * Double(stepsAnEpoch), Double(total))
    case .percent(let share): share / 100 * Double(total)
    }
  }
}

extension Warmup: CustomStringConvertible {
  package init?(_ text: String) {
    let isPercentage = text.hasSuffix("%")
    guard let number = Double(isPercentage ? String(text.dropLast()) : text), number >= 0,
      number < (isPercentage ? 100 : .infinity)
    else { return nil }
    self = isPercentage ? .percent(number) : .epochs(number)
  }

  package var description: String {
    switch self {
    case .epochs(let count): "\(count)"
    case .percent(let share): "\(share)%"
    }
  }
}

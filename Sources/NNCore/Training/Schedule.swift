/// How the learning rate changes as training goes on.
package enum Schedule: String, CaseIterable, Sendable {
  case constant
  /// Down to 0 in a straight line.
  case linear
  /// Down to 0 along half a cosine wave (Loshchilov and Hutter, 2017), as PyTorch's `CosineAnnealingLR` does.
  case cosine
  /// Multiplied by a factor every so many epochs, as PyTorch's `StepLR` does.
  case step
  /// Up to the learning rate and down to nearly nothing, both along half a cosine wave (Smith and Topin, 2018), as
  /// PyTorch's `OneCycleLR` does, without its cycle of momentum.
  case oneCycle = "one-cycle"

  /// The factor of the learning rate for update `step`, from 0, of `total`.
  ///
  /// - Parameters:
  ///   - drop: for `step`, by what the rate is multiplied, and after how many updates each time.
  ///   - rise: for `oneCycle`, the number of updates in which the rate goes up; nil for 0.3 of all.
  package func factor(
    step: Int, of total: Int, drop: (factor: Double, every: Double) = (1, 1), rise: Double? = nil
  ) -> Double {
    let share = Double(step) / Double(max(total, 1))
    switch self {
    case .constant: return 1
    case .linear: return 1 - share
    case .cosine: return (1 + cos(.pi * share)) / 2
    case .step: return pow(drop.factor, (Double(step) / drop.every).rounded(.down))
    case .oneCycle:
      let (now, top, end) = (Double(step), (rise ?? 0.3 * Double(total)) - 1, Double(total - 1))
      let (first, last) = (1.0 / 25, 1.0 / 25 / 1e4)
      if now <= top { return Self.wave(from: first, to: 1, top > 0 ? now / top : 1) }
      return Self.wave(from: 1, to: last, end > top ? (now - top) / (end - top) : 1)
    }
  }

  /// From one value to another along half a cosine wave.
  private static func wave(from start: Double, to end: Double, _ share: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * share))
  }
}

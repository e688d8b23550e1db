/// How the learning rate changes as training goes on.
package enum Schedule: String, CaseIterable, Sendable {
  case constant
  /// Down to 0 in a straight line.
  case linear
  /// Down to 0 along half a cosine wave (Loshchilov and Hutter, 2017).
  case cosine

  /// The factor of the learning rate for update `step`, from 0, of `total`.
  package func factor(step: Int, of total: Int) -> Double {
    let share = Double(step) / Double(max(total, 1))
    return switch self {
    case .constant: 1
    case .linear: 1 - share
    case .cosine: (1 + cos(.pi * share)) / 2
    }
  }
}

/// McNemar's exact test (1947): whether two models that answered the same examples differ by more than chance.
///
/// Only examples that exactly one model answers right count. If the models were equally good, each of these would go to
/// either with probability 1/2.
package struct McNemarTest: Sendable, Equatable {
  /// Examples that only the first model answers right.
  package let onlyFirst: Int
  /// Examples that only the second model answers right.
  package let onlySecond: Int

  package init(onlyFirst: Int, onlySecond: Int) {
    (self.onlyFirst, self.onlySecond) = (onlyFirst, onlySecond)
  }

  /// The probability that equally good models differ at least so much: two-sided, by the binomial distribution.
  package var pValue: Double {
    let (fewer, all) = (min(onlyFirst, onlySecond), onlyFirst + onlySecond)
    guard 2 * fewer < all else { return 1 }
    // Σ C(all, k) / 2^all for k = 0…fewer: each term from the one above, from the largest on.
    var term = exp(Self.logBinomial(all, fewer) - Double(all) * log(2))
    var tail = 0.0
    for k in stride(from: fewer, through: 0, by: -1) where term > 0 {
      tail += term
      term *= Double(k) / Double(all - k + 1)
    }
    return min(1, 2 * tail)
  }

  private static func logBinomial(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(0) { $0 + log(Double(n - $1) / Double($1 + 1)) }
  }
}

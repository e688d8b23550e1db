/// The score interval of Wilson (1927) for a share that was estimated from some examples: it holds the true share in 95
/// of 100 samples, and never leaves 0…1.
package struct WilsonInterval: Sendable, Equatable {
  package let low: Double
  package let high: Double

  /// The 97.5th percentile of the standard normal distribution.
  private static let z = 1.959963984540054

  /// - Precondition: 0 ≤ `successes` ≤ `count`. Without examples both ends are not a number.
  package init(successes: Int, of count: Int) {
    let (n, share, z) = (Double(count), Double(successes) / Double(count), Self.z)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let radius = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    low = count > 0 && successes == 0 ? 0 : centre - radius
    high = count > 0 && successes == count ? 1 : centre + radius
  }
}

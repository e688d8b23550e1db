import NNCore
import Testing

struct WilsonIntervalTests {
  /// As scipy.stats.binomtest(k, n).proportion_ci(0.95, "wilson") gives them.
  @Test(arguments: [
    (0, 1, 0.0, 0.7934506856227626), (1, 1, 0.20654931437723745, 1.0),
    (9803, 10000, 0.9773861410957926, 0.9828449900693356),
    (9900, 10000, 0.9878530177448853, 0.9917706638518516), (50, 100, 0.4038315303659956, 0.5961684696340044),
    (0, 50, 0.0, 0.07134759913335872), (7, 9, 0.4525889691069889, 0.9367748928821533),
  ])
  func agreesWithSciPy(successes: Int, count: Int, low: Double, high: Double) {
    let interval = WilsonInterval(successes: successes, of: count)
    #expect(abs(interval.low - low) < 1e-12 && abs(interval.high - high) < 1e-12)
  }

  @Test func isNoNumberWithoutExamples() {
    let interval = WilsonInterval(successes: 0, of: 0)
    #expect(interval.low.isNaN && interval.high.isNaN)
  }
}

import NNCore
import Testing

struct McNemarTestTests {
  /// As scipy.stats.binomtest(min(b, c), b + c, 0.5).pvalue gives them.
  @Test(arguments: [
    (0, 0, 1.0), (1, 0, 1.0), (5, 15, 0.04138946533203125), (10, 10, 1.0), (121, 59, 4.4344492637551645e-06),
    (3, 900, 3.6295984285091708e-264), (1000, 1100, 0.03072070786424249),
  ])
  func agreesWithSciPy(onlyFirst: Int, onlySecond: Int, pValue: Double) {
    for test in [
      McNemarTest(onlyFirst: onlyFirst, onlySecond: onlySecond),
      McNemarTest(onlyFirst: onlySecond, onlySecond: onlyFirst),
    ] {
      #expect(abs(test.pValue - pValue) <= 1e-10 * pValue)
    }
  }
}

import NNCore
import Testing

@Suite struct WeightedMedianTests {
  @Test func weightsDecide() {
    #expect(weightedMedian([]) == nil)
    #expect(weightedMedian([(3, 1), (1, 1), (2, 1)]) == 2)
    #expect(weightedMedian([(1, 1), (2, 1), (9, 5)]) == 9)
    // Half of the weight is enough.
    #expect(weightedMedian([(4, 1), (7, 1)]) == 4)
  }
}

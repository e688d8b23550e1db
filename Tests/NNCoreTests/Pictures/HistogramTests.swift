import NNCore
import Testing

struct HistogramTests {
  private func histogram(_ values: [Float]) -> Histogram {
    var histogram = Histogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test func quantilesAreValuesThatAShareDoesNotExceed() {
    let histogram = histogram((0..<100).map { Float($0) / 255 })
    #expect(histogram.count == 100)
    #expect(histogram.quantile(0.5) == 49 / 255 && histogram.quantile(1) == 99 / 255 && histogram.quantile(0) == 0)
  }

  @Test func otsusThresholdPartsTwoGroups() {
    let threshold = histogram([0.1, 0.12, 0.14, 0.8, 0.82]).otsuThreshold
    #expect(threshold > 0.14 && threshold < 0.8)
    let (low, high) = histogram([0.1, 0.12, 0.14, 0.8, 0.82]).split(at: threshold)
    #expect(low.count == 3 && high.count == 2)
  }
}

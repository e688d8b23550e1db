import NNCore
import Testing

@Suite struct CalibrationTests {
  /// A probability on the border of two bins belongs to the lower, as in the paper's (0, 1/15], (1/15, 2/15] …
  @Test func binsAreClosedAbove() {
    var calibration = Calibration(binCount: 4)
    for probability: Float in [0, 0.25, 0.2500001, 0.5, 0.75, 0.76, 1] {
      calibration.add(probability: probability, isCorrect: probability > 0.4)
    }
    #expect(calibration.bins.map(\.count) == [2, 2, 1, 2])
    #expect(calibration.bins.map(\.correct) == [0, 1, 1, 2])
    #expect(calibration.bins[0].confidence == 0.125 && calibration.bins[3].accuracy == 1)
  }

  @Test func errorOfSure() {
    var right = Calibration()
    var wrong = Calibration()
    for _ in 0..<10 {
      right.add(probability: 1, isCorrect: true)
      wrong.add(probability: 1, isCorrect: false)
    }
    #expect(right.error == 0 && wrong.error == 1)
    // Of four answers at 0.75, three right.
    var even = Calibration()
    for isCorrect in [true, true, false, true] { even.add(probability: 0.75, isCorrect: isCorrect) }
    #expect(even.error == 0)
    even.add(probability: 0.5, isCorrect: false)
    #expect(even.error == 0.1)
  }

  @Test func whatIsNoNumber() {
    #expect(Calibration().bins.count == 15 && Calibration().error.isNaN)
    var calibration = Calibration()
    calibration.add(probability: .nan, isCorrect: true)
    calibration.add(probability: 0.5, isCorrect: true)
    #expect(calibration.error.isNaN)
  }
}

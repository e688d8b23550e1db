import NNCore
import Testing

struct ScheduleTests {
  @Test(arguments: [
    (Schedule.constant, [1.0, 1, 1]), (.linear, [1, 0.5, 0.25]), (.cosine, [1, 0.5, (1 + -0.7071067811865475) / 2]),
  ])
  func factors(_ schedule: Schedule, _ expected: [Double]) {
    for (step, factor) in zip([0, 50, 75], expected) {
      #expect(abs(schedule.factor(step: step, of: 100) - factor) < 1e-12)
    }
  }

  /// However short training is, each update has a rate.
  @Test(arguments: Schedule.allCases, [1, 2, 3, 7]) func ratesAreFinite(_ schedule: Schedule, _ total: Int) {
    for warmup in [nil, Warmup.epochs(0), .epochs(0.5), .epochs(99), .percent(99.9)] {
      var plan = TrainingPlan()
      (plan.length, plan.batchSize, plan.schedule, plan.warmup) = (.iterations(total), 2, schedule, warmup)
      for step in 0..<total {
        let rate = plan.learningRate(of: step, on: 5)
        #expect(rate > 0 && rate <= plan.learningRate * (1 + 1e-12))
      }
    }
  }

  @Test func warmups() {
    #expect(Warmup("2") == .epochs(2) && Warmup("0.5") == .epochs(0.5) && Warmup("10%") == .percent(10))
    for text in ["", "%", "-1", "100%", "nan", "inf", "x", "1e"] { #expect(Warmup(text) == nil, "\(text)") }
    for warmup in [Warmup.epochs(1.0 / 3), .percent(0.1), .percent(100.0 / 3)] {
      #expect(Warmup("\(warmup)") == warmup)
    }
    #expect(Warmup.epochs(2.5).steps(of: 100, stepsAnEpoch: 10) == 25)
    #expect(Warmup.percent(25).steps(of: 10, stepsAnEpoch: 3) == 2.5)
  }
}

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
}

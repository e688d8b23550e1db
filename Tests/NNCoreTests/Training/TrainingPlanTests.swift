import NNCore
import Testing

struct TrainingPlanTests {
  @Test func fullBatchesAreToldByTheExamplesThatAreTrainedOn() {
    var plan = TrainingPlan()
    for (size, isFull) in [(nil, true), (54_000, true), (60_000, true), (53_999, false), (1, false)] as [(Int?, Bool)] {
      plan.batchSize = size
      #expect(plan.isFullBatch(of: 54_000) == isFull)
    }
  }

  @Test func stepsOfAnEpochAndOfTheWhole() {
    var plan = TrainingPlan()
    (plan.batchSize, plan.length) = (128, .epochs(3))
    #expect(plan.steps(anEpochOf: 1000) == 8 && plan.steps(on: 1000) == 24)
    (plan.batchSize, plan.length) = (nil, .iterations(7))
    #expect(plan.steps(anEpochOf: 1000) == 1 && plan.steps(on: 1000) == 7)
  }
}

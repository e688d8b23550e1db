import NNCore
import Testing

struct OptimizerSettingTests {
  @Test func namesAndPlacesAreDifferent() {
    let all = OptimizerSetting.all
    #expect(Set(all.map(\.name)).count == all.count)
    for (index, setting) in all.enumerated() {
      var plan = TrainingPlan()
      plan[keyPath: setting.keyPath] = 0.25
      #expect(all.indices.filter { plan[keyPath: all[$0].keyPath] == 0.25 } == [index])
    }
  }

  @Test(
    arguments: [
      (OptimizerSetting.Range.positive, [1e-30, 1, 1e30], [0, -1, .infinity, .nan]),
      (.notNegative, [0, 1], [-1e-30, .infinity, .nan]), (.share, [0, 0.999], [-0.1, 1, .nan]),
    ] as [(OptimizerSetting.Range, [Double], [Double])])
  func ranges(_ range: OptimizerSetting.Range, inside: [Double], outside: [Double]) {
    #expect(inside.allSatisfy(range.contains) && !outside.contains(where: range.contains))
  }

  /// Defaults are in range, and a checkpoint whose setting isn't is refused by the name of its key.
  @Test(arguments: OptimizerSetting.all.map(\.name)) func checkpointsAreHeldToTheRanges(name: String) throws {
    let setting = try #require(OptimizerSetting.all.first { $0.name == name })
    #expect(setting.range.contains(TrainingPlan()[keyPath: setting.keyPath]))
    let network = Network(layers: [
      Layer(inputCount: 2, outputCount: 2, activation: .softmax, weights: [1, 2, 3, 4], biases: [0, 0])
    ])
    var plan = TrainingPlan()
    plan.optimizer = Optimizer(.sgd)
    var file = Checkpoint(
      network: network, plan: plan, position: TrainingPosition(), exampleCount: 3, optimizerTensors: [:]
    ).file
    for value in ["nan", "-1", "inf", "x"] {
      file.metadata["checkpoint.\(name)"] = value
      expectFault("checkpoint.\(name)") { try Checkpoint(reading: temporaryFile(file)) }
    }
  }
}

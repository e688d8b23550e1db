import NNCore
import Testing

/// Schedules and regularisation, against PyTorch.
@Suite struct RecipeTests {
  private func expectPyTorchs(_ engine: any TrainingEngine, _ recipe: TorchRecipes.Recipe) throws {
    let torch = try TorchRecipes()
    var trainer = Trainer(engine, plan: recipe.plan, examples: Array(0..<40), logInterval: 1)
    let recorder = Recorder()
    #expect(try trainer.run(recorder) == nil)

    expectClose(recorder.log.map(\.learningRate), torch.rates(recipe).map(Double.init), within: 1e-8, "rates")
    expectClose(recorder.log.map { Float($0.training.loss) }, torch.losses(recipe), within: 1e-5, "losses")
    for (layer, wanted) in try zip(engine.layers, torch.network(recipe, "end").layers) {
      expectClose(layer.weights, wanted.weights, within: 1e-5, "weights")
      expectClose(layer.biases, wanted.biases, within: 1e-5, "biases")
    }
  }

  private func rules(_ recipe: TorchRecipes.Recipe, _ network: Network, _ torch: TorchRecipes) -> TrainingRules {
    TrainingRules(recipe.plan, for: network, labels: torch.dataset.labels!, at: Array(0..<40))
  }

  @Test(arguments: TorchRecipes.recipes + TorchRecipes.activations)
  func twentyUpdatesEqualPyTorchs(_ recipe: TorchRecipes.Recipe) throws {
    let torch = try TorchRecipes()
    let network = try torch.network(recipe, "start")
    let engine = FastEngine(
      network, on: torch.dataset, .init(recipe.plan.optimizer, rules: rules(recipe, network, torch)),
      pool: WorkerPool(count: 2))
    try expectPyTorchs(engine, recipe)
  }

  @Test(arguments: TorchRecipes.recipes.filter { $0.method == .sgd })
  func theTextbooksEqualPyTorchsToo(_ recipe: TorchRecipes.Recipe) throws {
    let torch = try TorchRecipes()
    let network = try torch.network(recipe, "start")
    try expectPyTorchs(TextbookEngine(network, on: torch.dataset, rules: rules(recipe, network, torch)), recipe)
  }

  @Test(arguments: TorchRecipes.taught) func learningFromTeachersEqualsPyTorchs(_ recipe: TorchRecipes.Recipe) throws {
    let torch = try TorchRecipes()
    let network = try torch.network(recipe, "start")
    let teachers = try torch.teachers(recipe)
    var plan = recipe.plan
    plan.teaching.digests = teachers.networks.map(\.digest)
    let rules = TrainingRules(plan, for: network, labels: torch.dataset.labels!, at: Array(0..<40))
    for threads in [1, 3] {
      let engine = FastEngine(
        network, on: torch.dataset, .init(plan.optimizer, rules: rules, teachers: teachers),
        pool: WorkerPool(count: threads))
      try expectPyTorchs(engine, recipe)
    }
  }

  @Test func digestsTellNetworksApart() throws {
    let torch = try TorchRecipes()
    let recipe = try #require(TorchRecipes.taught.first { $0.name == "taught-by-two" })
    let digests = try torch.teachers(recipe).networks.map(\.digest) + [torch.network(recipe, "end").digest]
    #expect(Set(digests).count == 3 && digests.allSatisfy { $0.utf8.count == 8 })
    #expect(try torch.network(recipe, "end").digest == digests[2])
  }

  /// Inputs as features go through dropout in Floats, and pixels as bytes that are set to 0.
  @Test func featuresAreDroppedAsPixelsAre() throws {
    let torch = try TorchRecipes()
    let recipe = try #require(TorchRecipes.recipes.first { $0.name == "input-dropout" })
    let network = try torch.network(recipe, "start")
    let floats = [UInt8](torch.dataset.inputs.bytes).map { Float($0) / 255 }
    let bytes = floats.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { [UInt8]($0) } }
    let features = Dataset(count: 40, inputs: .features(Bytes(bytes), width: 12), labels: torch.dataset.labels)
    let engine = FastEngine(
      network, on: features, .init(recipe.plan.optimizer, rules: rules(recipe, network, torch)),
      pool: WorkerPool(count: 3))
    try expectPyTorchs(engine, recipe)
  }

  @Test func classWeights() {
    let weights = ClassWeights.balanced.weights(
      classCount: 4, labels: [0, 0, 0, 1, 3, 3, 2], places: [0, 1, 2, 3, 4, 5])
    expectClose(weights, [6.0 / 9, 2, 1, 1], within: 1e-15)
    #expect(ClassWeights("1,2.5") == .list([1, 2.5]) && ClassWeights("balanced") == .balanced)
    for text in ["", "0,1", "-1", "1,,2", "inf", "x"] { #expect(ClassWeights(text) == nil, "\(text)") }
    #expect(Regularization.dropout("0.5,0") == [0.5, 0] && Regularization.dropout("1") == nil)
  }
}

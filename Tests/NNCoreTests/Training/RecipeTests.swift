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

  @Test(arguments: TorchRecipes.recipes) func twentyUpdatesEqualPyTorchs(_ recipe: TorchRecipes.Recipe) throws {
    let torch = try TorchRecipes()
    let engine = FastEngine(
      try torch.network(recipe, "start"), on: torch.dataset, .init(recipe.plan.optimizer), pool: WorkerPool(count: 2))
    try expectPyTorchs(engine, recipe)
  }

  @Test(arguments: TorchRecipes.recipes.filter { $0.method == .sgd })
  func theTextbooksEqualPyTorchsToo(_ recipe: TorchRecipes.Recipe) throws {
    let torch = try TorchRecipes()
    try expectPyTorchs(TextbookEngine(try torch.network(recipe, "start"), on: torch.dataset), recipe)
  }
}

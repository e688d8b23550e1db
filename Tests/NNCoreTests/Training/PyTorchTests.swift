import NNCore
import Testing

@Suite struct PyTorchTests {
  @Test(arguments: TorchRuns.runs)
  func tenUpdatesEqualPyTorchs(_ run: TorchRuns.Run) throws {
    let torch = try TorchRuns()
    let plan = try torch.plan(run.optimizer)
    let engine = FastEngine(
      try torch.network(run.net, "start"), on: torch.dataset, .init(plan.optimizer), pool: WorkerPool(count: 2))
    var trainer = Trainer(engine, plan: plan, examples: Array(0..<40), logInterval: 1)
    let recorder = Recorder()
    #expect(try trainer.run(recorder) == nil)

    expectClose(recorder.log.map { Float($0.training.loss) }, torch.losses(run), within: 1e-5, "losses")
    for (layer, wanted) in try zip(engine.layers, torch.network(run.net, run.optimizer).layers) {
      expectClose(layer.weights, wanted.weights, within: 1e-5, "weights")
      expectClose(layer.biases, wanted.biases, within: 1e-5, "biases")
    }
  }

  @Test func defaultsArePyTorchs() {
    for method in Optimizer.Method.allCases {
      let optimizer = Optimizer(method)
      #expect(
        optimizer.momentum == 0.9 && optimizer.beta1 == 0.9 && optimizer.beta2 == 0.999 && optimizer.epsilon == 1e-8)
      #expect(optimizer.weightDecay == (method == .adamw ? 0.01 : 0))
    }
  }
}

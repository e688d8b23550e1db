import NNCore
import Testing

/// What make-recipes.py left of training by PyTorch: twenty updates by each recipe.
struct TorchRecipes {
  let dataset: Dataset
  private let tensors: [String: Safetensors.Tensor]

  struct Recipe: Sendable, CustomTestStringConvertible {
    let name: String
    var method = Optimizer.Method.sgd
    /// Changes the plan.
    let change: @Sendable (inout TrainingPlan) -> Void

    init(
      _ name: String, _ method: Optimizer.Method = .sgd,
      _ change: @escaping @Sendable (inout TrainingPlan) -> Void = { _ in }
    ) {
      (self.name, self.method, self.change) = (name, method, change)
    }

    var testDescription: String { name }

    /// Twenty updates, in the data's order, batches of 16.
    var plan: TrainingPlan {
      var plan = TrainingPlan()
      (plan.length, plan.batchSize, plan.shuffles, plan.seed) = (.iterations(20), 16, false, 9)
      plan.optimizer = Optimizer(method)
      plan.learningRate = [.sgd: 0.1, .momentum: 0.05][method] ?? 0.01
      change(&plan)
      return plan
    }
  }

  static let recipes = schedules + updates + losses + dropouts
  /// Recipes with teachers, which the textbook engine doesn't know.
  static let taught = teachings

  private static let schedules = [
    Recipe("cosine") { $0.schedule = .cosine },
    Recipe("step") { ($0.schedule, $0.stepEpochs, $0.stepFactor) = (.step, 2, 0.5) },
    Recipe("one-cycle") { $0.schedule = .oneCycle },
    Recipe("one-cycle-warm") { ($0.schedule, $0.warmup) = (.oneCycle, .epochs(3)) },
    Recipe("warm") { $0.warmup = .epochs(1) },
    Recipe("warm-cosine") { ($0.schedule, $0.warmup) = (.cosine, .percent(20)) },
    Recipe("warm-step") { ($0.schedule, $0.stepEpochs, $0.stepFactor, $0.warmup) = (.step, 1, 0.5, .epochs(1)) },
  ]

  private static let updates = [
    Recipe("nesterov", .momentum) { $0.optimizer.nesterov = true },
    Recipe("nesterov-decay", .momentum) { ($0.optimizer.nesterov, $0.optimizer.weightDecay) = (true, 0.05) },
    Recipe("clip") { $0.regularization.clipNorm = 0.2 },
    Recipe("clip-adam", .adam) { $0.regularization.clipNorm = 0.05 },
    Recipe("clip-decay", .momentum) { ($0.regularization.clipNorm, $0.optimizer.weightDecay) = (0.2, 0.05) },
    Recipe("bound") { $0.regularization.maxNorm = 0.8 },
    Recipe("bound-adam", .adam) { $0.regularization.maxNorm = 0.8 },
    Recipe("average") { $0.regularization.average = 0.9 },
    Recipe("average-adam", .adam) { $0.regularization.average = 0.99 },
  ]

  private static let weights = ClassWeights.list([0.5, 1, 1.5, 2, 3])

  private static let losses = [
    Recipe("smoothing") { $0.regularization.labelSmoothing = 0.1 },
    Recipe("weights") { $0.regularization.classWeights = weights },
    Recipe("balanced") { $0.regularization.classWeights = .balanced },
    Recipe("smoothing-weights", .adam) {
      ($0.regularization.labelSmoothing, $0.regularization.classWeights) = (0.2, weights)
    },
  ]

  private static let teachings = [
    Recipe("taught") { ($0.teaching.temperature, $0.teaching.weight) = (3, 0.7) },
    Recipe("taught-by-two", .adam) {
      ($0.teaching.temperature, $0.teaching.weight) = (1.5, 0.4)
      ($0.regularization.labelSmoothing, $0.regularization.classWeights) = (0.1, weights)
    },
    Recipe("taught-only") {
      ($0.teaching.temperature, $0.teaching.weight, $0.regularization.inputDropout) = (1, 1, 0.3)
    },
  ]

  /// Recipes with activations that the textbook engine doesn't know.
  static let activations = [
    Recipe("leaky-relu"), Recipe("adam-leaky-relu", .adam), Recipe("gelu"), Recipe("adam-gelu", .adam),
    Recipe("dropout-gelu", .momentum) { $0.regularization.dropout = [0.3] },
  ]

  private static let dropouts = [
    Recipe("dropout-relu") { $0.regularization.dropout = [0.5] },
    Recipe("dropout-sigmoid") { $0.regularization.dropout = [0.2, 0.4] },
    Recipe("dropout-adam-tanh", .adam) { $0.regularization.dropout = [0.3] },
    Recipe("input-dropout") { $0.regularization.inputDropout = 0.3 },
    Recipe("input-dropout-adam", .adam) { $0.regularization.inputDropout = 0.2 },
    Recipe("all") {
      $0.schedule = .oneCycle
      ($0.regularization.dropout, $0.regularization.inputDropout) = ([0.25], 0.1)
      ($0.regularization.labelSmoothing, $0.regularization.classWeights) = (0.1, .balanced)
      ($0.regularization.clipNorm, $0.regularization.maxNorm, $0.regularization.average) = (0.3, 1, 0.8)
    },
  ]

  init() throws {
    dataset = try TorchRuns().dataset
    tensors = try Fixtures.safetensors("torch-recipes").tensors
  }

  /// The network at the `start` or the `end` of a recipe.
  func network(_ recipe: Recipe, _ state: String) throws -> Network {
    try network(recipe, state, activation: activation(recipe))
  }

  /// The networks that teach a recipe's.
  func teachers(_ recipe: Recipe) throws -> Ensemble {
    let states = (0...).lazy.map { "teacher\($0)" }.prefix { tensors["\(recipe.name)/\($0)/0.weight"] != nil }
    return try Ensemble(states.map { (try network(recipe, $0, activation: .tanh), $0) })
  }

  private func network(_ recipe: Recipe, _ state: String, activation: Activation) throws -> Network {
    let count = (0...).first { tensors["\(recipe.name)/\(state)/\(2 * $0).weight"] == nil } ?? 0
    return try Network(
      layers: (0..<count).map { index in
        let weight = try #require(tensors["\(recipe.name)/\(state)/\(2 * index).weight"])
        return try Layer(
          inputCount: weight.shape[1], outputCount: weight.shape[0],
          activation: index == count - 1 ? .softmax : activation, weights: weight.floats,
          biases: #require(tensors["\(recipe.name)/\(state)/\(2 * index).bias"]).floats)
      })
  }

  private func activation(_ recipe: Recipe) -> Activation {
    Activation.hidden.last { recipe.name.hasSuffix($0.rawValue) } ?? .relu
  }

  /// The loss before each update.
  func losses(_ recipe: Recipe) -> [Float] { tensors["\(recipe.name)/losses"]!.floats }
  /// The learning rate of each update.
  func rates(_ recipe: Recipe) -> [Float] { tensors["\(recipe.name)/rates"]!.floats }
}

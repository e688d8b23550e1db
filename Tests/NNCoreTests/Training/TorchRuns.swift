import NNCore
import Testing

/// What make-torch.py left of training by PyTorch.
struct TorchRuns {
  let dataset: Dataset
  private let tensors: [String: Safetensors.Tensor]

  struct Run: Sendable, CustomTestStringConvertible {
    let net: String
    let optimizer: String
    var testDescription: String { "\(net), \(optimizer)" }
  }

  static let runs = ["relu", "sigmoid", "tanh", "deep-relu", "deep-sigmoid", "deep-tanh", "linear"].flatMap { net in
    ["sgd", "sgd-decay", "momentum", "momentum-decay", "adam", "adam-decay", "adamw", "adamw-decay"].map {
      Run(net: net, optimizer: $0)
    }
  }

  init() throws {
    tensors = try Fixtures.safetensors("torch").tensors
    let (images, labels) = (tensors["images"]!, tensors["labels"]!)
    dataset = Dataset(
      count: 40, inputs: .pixels(images.bytes, rows: 3, columns: 4), labels: [UInt8](labels.bytes).map(UInt16.init))
  }

  /// The parameters under a name: a network's start or those after a run.
  func network(_ net: String, _ state: String) throws -> Network {
    let hidden = Activation.hidden.first { net.hasSuffix($0.rawValue) } ?? .relu
    let count = net.hasPrefix("deep") ? 3 : net == "linear" ? 1 : 2
    return try Network(
      layers: (0..<count).map { index in
        let weight = try #require(tensors["\(net)/\(state)/\(2 * index).weight"])
        return try Layer(
          inputCount: weight.shape[1], outputCount: weight.shape[0], activation: index == count - 1 ? .softmax : hidden,
          weights: weight.floats, biases: #require(tensors["\(net)/\(state)/\(2 * index).bias"]).floats)
      })
  }

  /// The loss before each update.
  func losses(_ run: Run) -> [Float] {
    tensors["\(run.net)/\(run.optimizer)/losses"]!.floats
  }

  /// Ten updates, in the data's order, batches of 16.
  func plan(_ optimizerName: String) throws -> TrainingPlan {
    var plan = TrainingPlan()
    (plan.length, plan.batchSize, plan.shuffles) = (.iterations(10), 16, false)
    let name = optimizerName.split(separator: "-")
    plan.optimizer = try Optimizer(#require(Optimizer.Method(rawValue: String(name[0]))))
    if name.count > 1 { plan.optimizer.weightDecay = name[0] == "adamw" ? 0.2 : 0.05 }
    plan.learningRate = ["sgd": 0.1, "momentum": 0.05][name[0]] ?? 0.01
    return plan
  }
}

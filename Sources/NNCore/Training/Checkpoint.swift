/// The state of training: a model file that also holds what is needed to go on exactly as without the interruption.
package struct Checkpoint: Sendable {
  private static let prefix = "checkpoint."

  package let network: Network
  /// The plan of the training, except its length.
  package let plan: TrainingPlan
  package let position: TrainingPosition
  /// The number of training examples; the position counts in batches of them.
  package let exampleCount: Int
  package let optimizerTensors: [String: Safetensors.Tensor]
  /// The best epoch so far, if the plan asks for it.
  package let best: BestEpoch?

  package init(
    network: Network, plan: TrainingPlan, position: TrainingPosition, exampleCount: Int,
    optimizerTensors: [String: Safetensors.Tensor], best: BestEpoch? = nil
  ) {
    self.best = best
    (self.network, self.plan, self.position) = (network, plan, position)
    (self.exampleCount, self.optimizerTensors) = (exampleCount, optimizerTensors)
  }

  /// Where the model is an average: the name, in place of a moment's, of the parameters that are averaged.
  static let current = "current"
  /// The name, in place of a moment's, of the parameters after the best epoch.
  private static let best = "best"

  /// The name of the tensor that keeps a moment of a layer's weights or biases.
  static func tensorName(layer: Int, _ part: ParameterPart, moment: String) -> String {
    "\(Network.optimizerPrefix)\(2 * layer).\(part.rawValue).\(moment)"
  }

  package var file: Safetensors {
    var file = network.file
    for (name, value) in entries { file.metadata[Self.prefix + name] = value }
    file.tensors.merge(optimizerTensors) { $1 }
    if let best { file.tensors.merge(Self.tensors(best.layers, named: Self.best)) { $1 } }
    return file
  }

  private var entries: [(name: String, value: String)] {
    var entries = [
      ("step", "\(position.step)"), ("examples", "\(exampleCount)"),
      ("partial", position.partial.entry),
    ]
    if let last = position.last {
      let scores = [last.training, last.validation].compactMap { $0?.entry }
      entries.append(("last", "\(last.epoch) \(scores.joined(separator: " "))"))
    }
    entries += plan.entries
    if let best {
      entries.append(("best", "\(best.epoch) \(best.validation.entry)"))
    }
    return entries
  }

  /// - Throws: `FileError`, of kind `badData` if the file isn't a sound checkpoint.
  package init(reading input: InputFile) throws {
    let file = try Safetensors(reading: input)
    network = try Network(file, of: input)

    let fields = MetadataFields(
      file.metadata.entries(after: Self.prefix), prefix: Self.prefix, file: input.name, lack: "not a checkpoint")
    func count(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }

    var position = TrainingPosition()
    position.step = try fields.required("step", count)
    position.partial = try fields.required("partial") { text in
      let scores = [Score](text[...])
      return scores?.count == 1 ? scores?[0] : nil
    }
    position.last = try fields.optional("last", EpochScores.init)
    self.position = position
    exampleCount = try fields.required("examples", count)
    plan = try TrainingPlan(fields)
    let bestScore: (epoch: Int, validation: Score)? = try fields.optional("best") { text in
      guard let scores = EpochScores(text), scores.validation == nil else { return nil }
      return (scores.epoch, scores.training)
    }

    let optimizerTensors = file.tensors.filter { $0.key.hasPrefix(Network.optimizerPrefix) }
    var expected: [String: [Int]] = [:]
    let own = (plan.regularization.average > 0 ? [Self.current] : []) + (bestScore == nil ? [] : [Self.best])
    for moment in plan.optimizer.method.momentNames + own {
      for (index, layer) in network.layers.enumerated() {
        expected[Self.tensorName(layer: index, .weights, moment: moment)] = [layer.outputCount, layer.inputCount]
        expected[Self.tensorName(layer: index, .biases, moment: moment)] = [layer.outputCount]
      }
    }
    guard optimizerTensors.mapValues(\.shape) == expected, optimizerTensors.values.allSatisfy({ $0.type == .f32 })
    else {
      throw input.malformed("the optimizer's tensors don't fit the network")
    }
    let layers = Self.layers(network.layers, with: optimizerTensors, named: Self.best)
    best = bestScore.map { BestEpoch(epoch: $0.epoch, validation: $0.validation, layers: layers) }
    let bestNames = Self.tensors(layers, named: Self.best)
    self.optimizerTensors = optimizerTensors.filter { bestNames[$0.key] == nil }
  }
}

extension Checkpoint {
  /// Tensors that keep the parameters of layers beside the model's.
  static func tensors(_ layers: [Layer], named name: String) -> [String: Safetensors.Tensor] {
    layers.enumerated().reduce(into: [:]) { tensors, element in
      let (index, layer) = element
      tensors[tensorName(layer: index, .weights, moment: name)] = .init(
        layer.weights, shape: [layer.outputCount, layer.inputCount])
      tensors[tensorName(layer: index, .biases, moment: name)] = .init(layer.biases, shape: [layer.outputCount])
    }
  }

  /// The layers with the parameters of such tensors, or, without them, as they are.
  static func layers(_ layers: [Layer], with tensors: [String: Safetensors.Tensor], named name: String) -> [Layer] {
    layers.enumerated().map { index, layer in
      var layer = layer
      if let weights = tensors[tensorName(layer: index, .weights, moment: name)],
        let biases = tensors[tensorName(layer: index, .biases, moment: name)]
      {
        (layer.weights, layer.biases) = (weights.floats, biases.floats)
      }
      return layer
    }
  }
}

extension Score {
  /// The number of examples, how many were right, and the sum of losses.
  fileprivate var entry: String { "\(count) \(correct) \(lossSum)" }
}

extension [Score] {
  /// Reads entries of scores with spaces between them; nil for anything else.
  fileprivate init?(_ text: Substring) {
    let words = text.split(separator: " ")
    guard words.count % 3 == 0 else { return nil }
    self = []
    for index in stride(from: 0, to: words.count, by: 3) {
      guard let count = Int(words[index]), let correct = Int(words[index + 1]), let lossSum = Double(words[index + 2]),
        count >= 0, correct >= 0
      else { return nil }
      append(Score(count: count, correct: correct, lossSum: lossSum))
    }
  }
}

extension EpochScores {
  /// Reads the epoch, the score on the training examples, and the validation's if there is one.
  fileprivate init?(_ text: String) {
    guard let space = text.firstIndex(of: " "), let epoch = Int(text[..<space]), epoch >= 0,
      let scores = [Score](text[space...]), 1...2 ~= scores.count
    else { return nil }
    self.init(epoch: epoch, training: scores[0], validation: scores.count == 2 ? scores[1] : nil)
  }
}

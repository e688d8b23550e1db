// The model file: safetensors with `<2(l−1)>.weight` F32 [out, in] and `<2(l−1)>.bias` F32 [out] for layer l = 1…L, the
// names that `torch.nn.Sequential(Linear, ReLU, Linear, …)` gives them.

extension Network {
  /// Begins the names of the metadata that tell of training.
  package static let trainingPrefix = "trained."
  /// Begins the names of the tensors by which a checkpoint goes beyond a model.
  static let optimizerPrefix = "optimizer."
  /// The temperatures that a model may have.
  static let temperatureRange = 0.01...100.0

  /// Reads a model file, or the weights of a `torch.nn.Sequential` saved without metadata, whose hidden layers are
  /// taken to be ReLU.
  ///
  /// - Throws: `FileError`, of kind `badData` if the file isn't a sound model.
  package init(reading file: InputFile) throws {
    try self.init(Safetensors(reading: file), of: file)
  }

  init(_ tensors: Safetensors, of file: InputFile) throws {
    let metadata = tensors.metadata
    let isForeign = metadata["format"] == nil || metadata["format"] == "pt"
    if !(isForeign && tensors.tensors["0.weight"] != nil) {
      try FileFormat.model.check(metadata, in: file)
    }

    let count = (0...).first { tensors.tensors["\(2 * $0).weight"] == nil } ?? 0
    guard count > 0 else { throw file.malformed("has no '0.weight'") }
    let activations = try Self.activations(metadata["activations"], count: count, in: file)
    var layers: [Layer] = []
    for index in 0..<count {
      let layer = try Self.layer(tensors, index, activation: activations[index], in: file)
      if let last = layers.last, last.outputCount != layer.inputCount {
        throw file.malformed(
          "'\(2 * index).weight' takes \(layer.inputCount) inputs, and the layer before gives \(last.outputCount)")
      }
      layers.append(layer)
    }
    let known = Set((0..<count).flatMap { ["\(2 * $0).weight", "\(2 * $0).bias"] })
    if let stranger = tensors.tensors.keys.sorted().first(where: {
      !known.contains($0) && !$0.hasPrefix(Self.optimizerPrefix)
    }) {
      throw file.malformed("has a tensor '\(stranger)', which is no part of a fully connected network")
    }
    self.init(layers: layers)
    try readMetadata(metadata, in: file)
  }

  private static func activations(_ text: String?, count: Int, in file: InputFile) throws -> [Activation] {
    guard let text else { return Array(repeating: .relu, count: count - 1) + [.softmax] }
    let words = text.split(separator: " ")
    let activations = words.compactMap { Activation(rawValue: String($0)) }
    guard activations.count == count, words.count == count, activations.last == .softmax,
      !activations.dropLast().contains(.softmax)
    else {
      throw file.malformed("metadata 'activations' is '\(text)', which is not \(count) layers ending in softmax")
    }
    return activations
  }

  private static func layer(
    _ tensors: Safetensors, _ index: Int, activation: Activation, in file: InputFile
  ) throws -> Layer {
    let names = ("\(2 * index).weight", "\(2 * index).bias")
    guard let weight = tensors.tensors[names.0], let bias = tensors.tensors[names.1] else {
      throw file.malformed("has no '\(names.1)'")
    }
    for (name, tensor, dimensions) in [(names.0, weight, 2), (names.1, bias, 1)] {
      guard tensor.type == .f32, tensor.shape.count == dimensions, !tensor.shape.contains(0) else {
        throw file.malformed(
          "'\(name)' is \(tensor.type.rawValue) of shape \(tensor.shape), not F32 of \(dimensions) dimensions")
      }
    }
    guard weight.shape[0] == bias.shape[0] else {
      throw file.malformed("'\(names.0)' has \(weight.shape[0]) rows and '\(names.1)' \(bias.shape[0]) entries")
    }
    let layer = Layer(
      inputCount: weight.shape[1], outputCount: weight.shape[0], activation: activation,
      weights: weight.floats, biases: bias.floats)
    guard layer.isFinite else {
      throw file.malformed("'\(names.0)' or '\(names.1)' holds a number that is not finite")
    }
    return layer
  }

  private mutating func readMetadata(_ metadata: Safetensors.Metadata, in file: InputFile) throws {
    func fault(_ name: String) -> FileError {
      file.malformed("metadata '\(name)' is '\(metadata[name] ?? "")', which doesn't fit the tensors")
    }
    if let text = metadata["dimensions"], text != dimensions.map(String.init).joined(separator: " ") {
      throw fault("dimensions")
    }
    if let text = metadata["scale"] {
      guard let stored = Scale(text) else { throw fault("scale") }
      scale = stored
    }
    if let rowText = metadata["rows"], let columnText = metadata["cols"] {
      guard let rows = Int(rowText), let columns = Int(columnText), rows > 0, columns > 0,
        rows.multipliedReportingOverflow(by: columns) == (inputCount, false)
      else { throw fault("rows") }
      (self.rows, self.columns) = (rows, columns)
    }
    if let text = metadata["temperature"] {
      guard let stored = Double(text), Self.temperatureRange.contains(stored) else {
        throw file.malformed(
          "metadata 'temperature' is '\(text)', not a number of \(Self.temperatureRange.lowerBound) to "
            + "\(Self.temperatureRange.upperBound)"
        )
      }
      temperature = stored
    }
    if let text = metadata["classes"] {
      classes = text.split(separator: " ").map(String.init)
      guard classes.count == classCount else { throw fault("classes") }
    }
    if let method = metadata["init"].flatMap(Initialization.Method.init),
      let seed = metadata["seed"].flatMap({ UInt32($0) })
    {
      initialization = Initialization(method, seed: seed)
    }
    training = metadata.entries(after: Self.trainingPrefix)
  }

  /// The model file that holds this network.
  package var file: Safetensors {
    var metadata = FileFormat.model.metadata
    metadata["dimensions"] = dimensions.map(String.init).joined(separator: " ")
    metadata["activations"] = layers.map(\.activation.rawValue).joined(separator: " ")
    metadata["scale"] = scale.description
    metadata["rows"] = "\(rows)"
    metadata["cols"] = "\(columns)"
    metadata["classes"] = classes.joined(separator: " ")
    if temperature != 1 { metadata["temperature"] = "\(temperature)" }
    metadata["init"] = initialization?.method.description
    metadata["seed"] = initialization.map { "\($0.seed)" }
    for (name, value) in training.entries { metadata[Self.trainingPrefix + name] = value }
    var tensors: [String: Safetensors.Tensor] = [:]
    for (index, layer) in layers.enumerated() {
      tensors["\(2 * index).weight"] = .init(layer.weights, shape: [layer.outputCount, layer.inputCount])
      tensors["\(2 * index).bias"] = .init(layer.biases, shape: [layer.outputCount])
    }
    return Safetensors(metadata: metadata, tensors: tensors)
  }
}

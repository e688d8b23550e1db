import NNCommand
import NNCore

extension NNEval {
  /// Prints what models tell of themselves.
  func show(_ names: [String]) throws {
    let operands = try Operands(names)
    let models = try names.map { try operands.model($0) }
    let output = try Output(common.output)
    for (network, name) in models {
      if models.count > 1 { try output.write(line: "model\t\(name)") }
      for (name, value) in network.properties {
        try output.write(line: "\(name.tabSeparatedField)\t\(value.tabSeparatedField)")
      }
    }
    try output.commit()
  }
}

extension Network {
  /// What its file tells beside the parameters, and how many of these there are. What tells of training comes last, in
  /// the file's order.
  fileprivate var properties: [(name: String, value: String)] {
    let metadata = file.metadata
    let parameterCount = layers.reduce(0) { $0 + $1.weights.count + $1.biases.count }
    var properties: [(name: String, value: String)] = []
    for name in ["dimensions", "activations", "scale", "rows", "cols", "classes", "init", "seed"] {
      if let value = metadata[name] { properties.append((name, value)) }
      if name == "activations" { properties.append(("parameters", "\(parameterCount)")) }
    }
    properties.append(("temperature", "\(temperature)"))
    return properties + metadata.entries.filter { $0.name.hasPrefix(Self.trainingPrefix) }
  }
}

import ArgumentParser
import NNCommand
import NNCore

@main
struct NNInit: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-init",
    abstract: "Make a new fully connected network.",
    discussion: "The model goes to standard output, ready for nn-train, unless -o names a file.",
    version: toolVersion)

  enum Method: String, CaseIterable, ExpressibleByArgument {
    case he, xavier, normal
  }

  @Argument(help: ArgumentHelp("Inputs, hidden units of each layer, and classes, e.g. 784 128 10.", valueName: "size"))
  var sizes: [Int]

  @Option(
    help: ArgumentHelp("What hidden layers apply: relu, sigmoid, tanh, leaky-relu or gelu.", valueName: "name"))
  var activation = Activation.relu

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "How weights are drawn: he, xavier or normal. By default xavier for sigmoid and tanh, else he.",
      valueName: "method"))
  var method: Method?

  @Option(help: ArgumentHelp("Standard deviation for --init normal (default: 0.01).", valueName: "x"))
  var std: Double?

  @Option(help: ArgumentHelp("Seed of the random weights.", valueName: "n"))
  var seed: UInt32 = 1

  @OptionGroup var common: CommonOptions

  /// The most parameters that a model may have: safetensors and memory would hold more, a typing error would not be
  /// noticed.
  private static let mostParameters = 1 << 30

  func validate() throws {
    guard sizes.count >= 2 else { throw ValidationError("At least two sizes are needed: inputs and classes.") }
    guard sizes.allSatisfy({ $0 > 0 }) else { throw ValidationError("Every size must be at least 1.") }
    guard sizes[sizes.count - 1] <= 65536 else { throw ValidationError("There can be 65536 classes at most.") }
    let weights = zip(sizes, sizes.dropFirst()).map { $0.multipliedReportingOverflow(by: $1) }
    guard !weights.contains(where: \.overflow),
      weights.reduce(0.0, { $0 + Double($1.partialValue) }) <= Double(Self.mostParameters)
    else { throw ValidationError("A network of these sizes has more than \(Self.mostParameters) weights.") }
    if let std {
      guard method == .normal else { throw ValidationError("--std goes with --init normal.") }
      guard std > 0, std.isFinite else { throw ValidationError("--std takes a number above 0.") }
    }
  }

  private var initialization: Initialization {
    switch method ?? ([.sigmoid, .tanh].contains(activation) ? .xavier : .he) {
    case .he: Initialization(.he, seed: seed)
    case .xavier: Initialization(.xavier, seed: seed)
    case .normal: Initialization(.normal(deviation: std ?? 0.01), seed: seed)
    }
  }

  func execute() throws {
    let output = try Output(common.output, isBinary: true)
    let network = Network(dimensions: sizes, hidden: activation, initialization: initialization)
    try output.commit(network.file)
  }
}

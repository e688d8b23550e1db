import NNCore
import Testing

@Suite struct NetworkFileTests {
  private func network() -> Network {
    var network = Network(
      dimensions: [6, 4, 5, 3], hidden: .sigmoid,
      initialization: Initialization(.normal(deviation: 0.1), seed: 4_000_000_000))
    network.layers[1].biases = [0, -1.5, 2, 1e-30, 7]
    network.scale = Scale(numerator: 1, denominator: 256)
    (network.rows, network.columns) = (2, 3)
    network.classes = ["naught", "one", "zwei"]
    network.training["epochs"] = "3"
    network.training["optimizer"] = "adam"
    return network
  }

  private func read(_ file: Safetensors) throws -> Network {
    try Network(reading: temporaryFile(file))
  }

  @Test func writtenIsRead() throws {
    let (before, after) = (network(), try read(network().file))
    #expect(after.layers == before.layers && after.dimensions == [6, 4, 5, 3])
    #expect(after.scale == before.scale && (after.rows, after.columns) == (2, 3) && after.classes == before.classes)
    #expect(after.initialization == before.initialization && after.training == before.training)
    #expect(after.file.fileBytes == before.file.fileBytes)
  }

  @Test func namesAreThoseOfTheDesign() {
    let file = network().file
    #expect(
      file.tensors.mapValues(\.shape) == [
        "0.weight": [4, 6], "0.bias": [4], "2.weight": [5, 4], "2.bias": [5], "4.weight": [3, 5], "4.bias": [3],
      ])
    let expected = [
      "format": "nn-model", "version": "1", "dimensions": "6 4 5 3", "activations": "sigmoid sigmoid softmax",
      "scale": "1/256",
      "rows": "2", "cols": "3", "classes": "naught one zwei", "init": "normal 0.1", "seed": "4000000000",
      "trained.epochs": "3",
      "trained.optimizer": "adam",
    ]
    #expect(Dictionary(uniqueKeysWithValues: file.metadata.entries.map { ($0.name, $0.value) }) == expected)
  }

  /// See make-torch.py.
  @Test func aStateDictWithoutMetadata() throws {
    let network = try Network(reading: Fixtures.file("torch-model.safetensors"))
    #expect(network.dimensions == [12, 9, 7, 5] && network.layers.map(\.activation) == [.relu, .relu, .softmax])
    #expect(network.scale == .unit && network.initialization == nil && network.classes == ["0", "1", "2", "3", "4"])
    let data = try TorchRuns().dataset
    let answers = Predictor(network, pool: WorkerPool(count: 2)).answers(data, at: 0..<data.count)
    let wanted = try #require(Fixtures.safetensors("torch-model-answers").tensors["probabilities"])
    expectClose((0..<data.count).flatMap { answers.probabilities($0) }, wanted.floats, within: 1e-6)
  }

  @Test func pytorchsMarkIsTaken() throws {
    var file = try Fixtures.safetensors("torch-model")
    file.metadata["format"] = "pt"
    #expect(try read(file).dimensions == [12, 9, 7, 5])
  }

  private func expectRefused(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Safetensors) -> Void
  ) {
    var file = network().file
    change(&file)
    expectFault(text, sourceLocation: sourceLocation) { try read(file) }
  }

  @Test func tensorFaults() {
    expectRefused("has no '0.weight'") { $0.tensors["0.weight"] = nil }
    expectRefused("has no '2.bias'") { $0.tensors["2.bias"] = nil }
    expectRefused("has a tensor '5.weight'") { $0.tensors["5.weight"] = .init([1], shape: [1]) }
    expectRefused("not F32 of 2 dimensions") { $0.tensors["0.weight"] = .init([1], shape: [1]) }
    expectRefused("not F32 of 1 dimensions") { $0.tensors["0.bias"] = .init([1, 2, 3, 4], shape: [4, 1]) }
    expectRefused("'0.bias' is F16") {
      $0.tensors["0.bias"] = .init(.f16, shape: [4], bytes: Bytes(Array(repeating: 0, count: 8)))
    }
    expectRefused("of shape [0, 6]") { $0.tensors["0.weight"] = .init([], shape: [0, 6]) }
    expectRefused("has 4 rows and '0.bias' 3 entries") { $0.tensors["0.bias"] = .init([1, 2, 3], shape: [3]) }
    expectRefused("takes 3 inputs, and the layer before gives 4") {
      $0.tensors["2.weight"] = .init(Array(repeating: 0, count: 15), shape: [5, 3])
    }
    for value in [Float.nan, .infinity, -.infinity] {
      expectRefused("not finite") { $0.tensors["4.bias"] = .init([0, value, 0], shape: [3]) }
    }
  }

  @Test func metadataFaults() {
    expectRefused("doesn't say its format") {
      $0.metadata["format"] = nil
      $0.tensors["0.weight"] = nil
    }
    expectRefused("is a data file, not a model") { $0.metadata["format"] = "nn-data" }
    expectRefused("is of version 2") { $0.metadata["version"] = "2" }
    for text in [
      "", "sigmoid softmax", "sigmoid sigmoid sigmoid", "softmax sigmoid softmax", "sigmoid swish softmax",
      "sigmoid sigmoid softmax softmax", "sigmoid swish sigmoid softmax",
    ] {
      expectRefused("metadata 'activations' is '\(text)'") { $0.metadata["activations"] = text }
    }
    expectRefused("metadata 'dimensions'") { $0.metadata["dimensions"] = "6 4 3" }
    expectRefused("metadata 'scale'") { $0.metadata["scale"] = "1/0" }
    for rows in ["0", "-2", "3", "x", "4611686018427387905"] {
      expectRefused("metadata 'rows'") { $0.metadata["rows"] = rows }
    }
    expectRefused("metadata 'classes'") { $0.metadata["classes"] = "a b" }
  }

  @Test func fit() throws {
    let network = network()
    func data(_ columns: Int, count: Int = 2, labels: [UInt16]? = [0, 2]) -> Dataset {
      Dataset(
        count: count,
        inputs: .pixels(Bytes(Array(repeating: 1, count: 2 * columns * count)), rows: 2, columns: columns),
        labels: labels)
    }
    try network.requireCompatible(data(3), file: "d", needsLabels: true)
    try network.requireCompatible(data(3, labels: nil), file: "d", needsLabels: false)
    expectFault("has no labels") { try network.requireCompatible(data(3, labels: nil), file: "d", needsLabels: true) }
    expectFault("holds no examples") {
      try network.requireCompatible(data(3, count: 0, labels: []), file: "d", needsLabels: true)
    }
    expectFault("examples have 8 inputs (2 x 4), the model takes 6") {
      try network.requireCompatible(data(4), file: "d", needsLabels: false)
    }
    expectFault("example 1 has the label 3, and the model knows 3 classes") {
      try network.requireCompatible(data(3, labels: [2, 3]), file: "d", needsLabels: false)
    }
  }

  @Test func adoptingWhatTheDataIs() {
    var network = network()
    network.adopt(
      Dataset(
        count: 1, inputs: .pixels(Bytes([1, 2, 3, 4, 5, 6]), rows: 3, columns: 2), labels: nil,
        scale: Scale(numerator: 1, denominator: 9), classes: ["a", "b"]))
    #expect(
      (network.rows, network.columns) == (3, 2) && network.scale.description == "1/9"
        && network.classes == ["a", "b", "2"])
    network.adopt(Dataset(count: 0, inputs: .features(Bytes([]), width: 6), labels: nil))
    #expect((network.rows, network.columns) == (1, 6) && network.classes == ["0", "1", "2"])
  }

  @Test func damage() throws {
    let bytes = network().file.fileBytes
    Damage.expectSurvived(bytes, corruptions: 2000) { _ = try Network(reading: temporaryFile($0)) }
  }
}

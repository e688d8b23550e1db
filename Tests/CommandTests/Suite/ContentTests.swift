import Testing

/// Sound safetensors files that are no sound data or model.
struct ContentTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.write(Samples.features([[1, 0], [0, 1]], labels: [0, 1]), to: "data.safetensors")
    try shell.write(Samples.model(weights: [[1, 0], [0, 1]], biases: [0, 0]), to: "model.safetensors")
  }

  typealias Tensor = (name: String, type: String, shape: [Int], bytes: [UInt8])

  private static let formats = ["nn-data", "nn-model"].map { ["format": $0, "version": "1"] }

  private static let dataFaults: [(metadata: [String: String], tensors: [Tensor], message: String)] = {
    let images: Tensor = ("images", "U8", [6, 1, 1], Array(0..<6))
    return [
      ([:], [images], "doesn't say its format: not a data file"),
      (["format": "pt"], [images], "is of the format 'pt', not a data file"),
      (["format": "nn-data"], [images], "is of version none; this program knows version 1"),
      (["format": "nn-data", "version": "2"], [images], "is of version 2"),
      (formats[0], [images, ("labels", "U8", [5], Array(0..<5))], "labels has 5 entries, images 6"),
      (formats[0], [images, ("labels", "I64", [0], [])], "labels are I64"),
      (formats[0], [images, ("labels", "U8", [6, 1], Array(0..<6))], "labels are U8 of 2 dimensions"),
      (formats[0], [], "neither or both"),
      (formats[0], [images, ("features", "F32", [0, 1], [])], "neither or both"),
      (formats[0], [("images", "U8", [6, 1], Array(0..<6))], "images are U8 of 2 dimensions"),
      (formats[0], [("images", "F32", [0, 1, 1], [])], "images are F32"),
      (formats[0], [("features", "F64", [0, 1], [])], "features are F64"),
      (formats[0], [("features", "F32", [0, 1, 1], [])], "features are F32 of 3 dimensions"),
      (formats[0], [("images", "U8", [6, 0, 1], [])], "has examples of "),
      (formats[0].merging(["scale": "x"]) { $1 }, [images], "metadata 'scale' is 'x'"),
      (formats[0].merging(["scale": "1/0"]) { $1 }, [images], "metadata 'scale' is '1/0'"),
      (
        formats[0].merging(["classes": "a b"]) { $1 }, [images, ("labels", "U8", [6], [0, 1, 2, 0, 0, 0])],
        "has a label 2, and names 2 classes"
      ),
    ]
  }()

  @Test(arguments: dataFaults.indices)
  func badData(_ index: Int) throws {
    let (metadata, tensors, message) = Self.dataFaults[index]
    try shell.write(Samples.safetensors(metadata: metadata, tensors), to: "bad")
    // Only ours has to be so; mnist-prepare takes anybody's images.
    let isOurs = metadata["format"] == "nn-data"
    for command in ["nn-eval model.safetensors --data bad", "nn-train model.safetensors --data bad"]
      + (isOurs ? ["mnist-prepare bad"] : [])
    {
      expectFailure(try shell.run(command), 65, contains: "bad: ", message)
    }
    expectFailure(
      try shell.run("cat bad | nn-predict --model model.safetensors --data -"), 65, contains: "standard input: ",
      message)
  }

  private static let modelFaults: [(metadata: [String: String], tensors: [Tensor], message: String)] = {
    let weight: Tensor = ("0.weight", "F32", [2, 2], Samples.floats([1, 0, 0, 1]))
    let bias: Tensor = ("0.bias", "F32", [2], Samples.floats([0, 0]))
    func with(_ name: String, _ value: String) -> [String: String] { formats[1].merging([name: value]) { $1 } }
    return [
      (["format": "gguf"], [weight, bias], "is of the format 'gguf', not a model"),
      ([:], [bias], "doesn't say its format: not a model"),
      (["format": "nn-model", "version": "2"], [weight, bias], "is of version 2"),
      (formats[1], [], "has no '0.weight'"),
      (formats[1], [weight], "has no '0.bias'"),
      (
        formats[1], [weight, ("0.bias", "F32", [1], Samples.floats([0]))],
        "'0.weight' has 2 rows and '0.bias' 1 entries"
      ),
      (formats[1], [weight, ("0.bias", "F32", [2, 1], Samples.floats([0, 0]))], "'0.bias' is F32 of shape [2, 1]"),
      (formats[1], [("0.weight", "F16", [2, 2], Array(repeating: 0, count: 8)), bias], "'0.weight' is F16"),
      (formats[1], [("0.weight", "F32", [2, 0], []), bias], "'0.weight' is F32 of shape [2, 0]"),
      (formats[1], [("0.weight", "F32", [2, 2], Samples.floats([1, .nan, 0, 1])), bias], "not finite"),
      (formats[1], [weight, ("0.bias", "F32", [2], Samples.floats([0, .infinity]))], "not finite"),
      (
        formats[1],
        [
          weight, bias, ("2.weight", "F32", [2, 3], Samples.floats([1, 2, 3, 4, 5, 6])),
          ("2.bias", "F32", [2], Samples.floats([0, 0])),
        ], "'2.weight' takes 3 inputs, and the layer before gives 2"
      ),
      (formats[1], [weight, bias, ("4.weight", "F32", [2, 2], weight.bytes)], "has a tensor '4.weight'"),
      (formats[1], [weight, bias, ("conv", "F32", [0], [])], "has a tensor 'conv'"),
      (with("dimensions", "3 2"), [weight, bias], "metadata 'dimensions' is '3 2'"),
      (with("activations", "relu"), [weight, bias], "metadata 'activations' is 'relu'"),
      (with("activations", "relu softmax"), [weight, bias], "metadata 'activations' is 'relu softmax'"),
      (with("classes", "a b c"), [weight, bias], "metadata 'classes' is 'a b c'"),
      (with("scale", "-1"), [weight, bias], "metadata 'scale' is '-1'"),
      (with("rows", "2").merging(["cols": "2"]) { $1 }, [weight, bias], "metadata 'rows' is '2'"),
    ]
  }()

  @Test(arguments: modelFaults.indices)
  func badModel(_ index: Int) throws {
    let (metadata, tensors, message) = Self.modelFaults[index]
    try shell.write(Samples.safetensors(metadata: metadata, tensors), to: "bad")
    for command in ["nn-eval bad", "nn-train bad", "nn-predict --model bad"] {
      expectFailure(try shell.run("\(command) --data data.safetensors"), 65, contains: "bad: ", message)
    }
    expectFailure(try shell.run("cat bad | nn-eval --data data.safetensors"), 65, contains: "standard input: ", message)
  }

  /// What is quoted from a file stays on the line and can't steer a terminal.
  @Test func controlCharactersAreEscaped() throws {
    try shell.write(Samples.safetensors(metadata: ["format": "a\n\u{1b}[2Jb\u{9b}"], []), to: "bad")
    let result = try shell.run("nn-eval bad --data data.safetensors")
    expectFailure(result, 65, contains: #"'a\n"#)
    #expect(!result.errors.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{9b}" })
  }
}

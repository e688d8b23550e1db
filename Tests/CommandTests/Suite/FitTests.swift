import Testing

/// Models and data that are sound, and don't fit each other.
struct FitTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(40)
    try shell.output(
      of: "nn-init 784 10 -o model.safetensors; nn-init 783 10 -o other.safetensors; nn-init 784 3 -o few.safetensors")
    try shell.output(of: "mnist-prepare -q data.images -o unlabelled.safetensors")
    try shell.write(Samples.pixels(shape: [0, 28, 28], [], labels: []), to: "none.safetensors")
    try shell.write(Samples.pixels(shape: [2, 2, 2], Array(0..<8), labels: [0, 1]), to: "small.safetensors")
  }

  private static let tools = ["nn-train", "nn-eval", "nn-predict --model"]

  @Test(arguments: tools)
  func inputSize(_ tool: String) throws {
    expectFailure(
      try shell.run("\(tool) other.safetensors --data data.safetensors"), 65,
      contains: "data.safetensors: examples have 784 inputs (28 x 28), the model takes 783")
    expectFailure(
      try shell.run("\(tool) model.safetensors --data small.safetensors"), 65,
      contains: "small.safetensors: examples have 4 inputs (2 x 2), the model takes 784")
    expectFailure(
      try shell.run("cat small.safetensors | \(tool) model.safetensors --data -"), 65,
      contains: "standard input: examples have 4")
  }

  @Test(arguments: tools)
  func noExamples(_ tool: String) throws {
    expectFailure(
      try shell.run("\(tool) model.safetensors --data none.safetensors"), 65,
      contains: "none.safetensors: holds no examples")
    expectFailure(try shell.run("mnist-prepare none.safetensors"), 65, contains: "holds no examples")
  }

  @Test(arguments: ["nn-train", "nn-eval"])
  func labels(_ tool: String) throws {
    expectFailure(
      try shell.run("\(tool) few.safetensors --data data.safetensors"), 65,
      contains: "data.safetensors: example ", " has the label ", "the model knows 3 classes")
    expectFailure(
      try shell.run("\(tool) model.safetensors --data unlabelled.safetensors"), 65,
      contains: "unlabelled.safetensors: has no labels")
  }

  @Test func predictionNeedsNoLabels() throws {
    let rows = table(try shell.output(of: "nn-predict --model model.safetensors --data unlabelled.safetensors"))
    #expect(rows.count == 40)
    #expect(
      try shell.output(of: "nn-predict --model model.safetensors --data data.safetensors").split(separator: "\n").count
        == 40)
  }

  @Test func validationData() throws {
    for (file, message) in [
      ("small", "examples have 4 inputs"), ("none", "holds no examples"), ("unlabelled", "has no labels"),
    ] {
      expectFailure(
        try shell.run("nn-train model.safetensors --data data.safetensors --validation \(file).safetensors -o new"), 65,
        contains: "\(file).safetensors: ", message)
    }
    for fraction in ["0.001", "0.999"] {
      expectFailure(
        try shell.run("nn-train model.safetensors --data data.safetensors --validation \(fraction) -o new"), 65,
        contains: "data.safetensors: ", "leaves none")
    }
    #expect(try !shell.names.contains("new"))
  }

  @Test func picturesOfAnotherSize() throws {
    try shell.output(
      of: "mnist-prepare -q data.images --take 1 --to png -o pictures; nn-init 64 10 -o tiny.safetensors")
    expectFailure(
      try shell.run("nn-predict --model tiny.safetensors pictures/0.png"), 65,
      contains: "tiny.safetensors: takes pictures of 8 x 8, and digits are brought to 28 x 28", "--raw")
    expectFailure(
      try shell.run("nn-predict --model tiny.safetensors --raw pictures/0.png"), 65,
      contains: "pictures/0.png: is of 28 x 28 pixels", "8 x 8")
  }
}

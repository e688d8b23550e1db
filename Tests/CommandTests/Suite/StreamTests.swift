import Testing

/// `-` wherever a file can stand.
struct StreamTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(120, seed: 1)
    try shell.makeDigits(60, seed: 2, name: "test")
    try shell.output(
      of: """
        nn-init 784 8 10 -o start.safetensors
        nn-train -q start.safetensors --data data.safetensors --epochs 1 -o model.safetensors \
          --checkpoint half.safetensors
        mnist-prepare -q data.images data.labels --take 1 --to png -o pictures && mv pictures/*/0.png digit.png
        """)
  }

  /// A command that reads files, and the same with one of them on standard input.
  @Test(arguments: [
    (
      "nn-train -q start.safetensors --data data.safetensors",
      "nn-train -q - --data data.safetensors <start.safetensors"
    ),
    ("nn-train -q start.safetensors --data data.safetensors", "nn-train -q --data data.safetensors <start.safetensors"),
    (
      "nn-train -q start.safetensors --data data.safetensors",
      "cat data.safetensors | nn-train -q start.safetensors --data -"
    ),
    (
      "nn-train -q start.safetensors --data data.safetensors --validation test.safetensors",
      "cat test.safetensors | nn-train -q start.safetensors --data data.safetensors --validation -"
    ),
    (
      "nn-train -q --resume half.safetensors --data data.safetensors --epochs 2",
      "cat half.safetensors | nn-train -q --resume - --data data.safetensors --epochs 2"
    ),
    ("nn-eval model.safetensors --data data.safetensors", "nn-eval - --data data.safetensors <model.safetensors"),
    ("nn-eval model.safetensors --data data.safetensors", "cat model.safetensors | nn-eval --data data.safetensors"),
    ("nn-eval model.safetensors --data data.safetensors", "cat data.safetensors | nn-eval model.safetensors --data -"),
    (
      "nn-predict --model model.safetensors --data data.safetensors",
      "nn-predict --data data.safetensors <model.safetensors"
    ),
    (
      "nn-predict --model model.safetensors --data data.safetensors",
      "cat data.safetensors | nn-predict --model model.safetensors --data -"
    ),
    ("nn-predict --model model.safetensors digit.png", "cat model.safetensors | nn-predict digit.png"),
    ("nn-predict --model model.safetensors digit.png", "nn-predict --model - digit.png <model.safetensors"),
    (
      "nn-predict --model model.safetensors digit.png | sed 's/^digit.png/-/'",
      "cat digit.png | nn-predict --model model.safetensors -"
    ),
    ("mnist-prepare -q test.safetensors", "cat test.safetensors | mnist-prepare -q -"),
    ("cat data.safetensors", "cat data.safetensors | mnist-prepare -q -"),
  ])
  func standardInputIsAsGoodAsAFile(_ file: String, _ stream: String) throws {
    let (expected, result) = (try shell.run(file), try shell.run(stream))
    #expect(expected.status == 0 && result.status == 0, "\(expected.errors)\(result.errors)")
    #expect(result.outputBytes == expected.outputBytes)
    #expect(!result.outputBytes.isEmpty)
  }

  /// They differ from what files give in the name of the source alone.
  @Test(arguments: [
    "mnist-prepare -q - data.labels <data.images", "cat data.images | mnist-prepare -q data.labels -",
    "gzip -c data.images | mnist-prepare -q - data.labels", "mnist-prepare -q data.images --labels - <data.labels",
    "gzip -c data.labels | mnist-prepare -q data.images --labels -",
  ])
  func rawDataFromStandardInput(_ script: String) throws {
    let result = try shell.run(script)
    #expect(result.status == 0 && result.errors == "")
    let (expected, bytes) = (try shell.read("data.safetensors"), result.outputBytes)
    #expect(bytes.suffix(120 * 785) == expected.suffix(120 * 785))
  }

  @Test(arguments: [
    "nn-init 784 8 10", "nn-train -q start.safetensors --data data.safetensors",
    "mnist-prepare -q data.images data.labels",
    "nn-eval model.safetensors --data data.safetensors", "nn-predict --model model.safetensors digit.png",
  ])
  func dashIsStandardOutput(_ command: String) throws {
    let before = try shell.names
    let (plain, dashed) = (try shell.run(command), try shell.run("\(command) -o -"))
    #expect(dashed.status == 0 && dashed.errors == "")
    #expect(dashed.outputBytes == plain.outputBytes)
    #expect(try shell.names == before)
    try shell.output(of: "\(command) -o result")
    #expect(try shell.read("result") == plain.outputBytes)
  }

  @Test func logOnStandardOutput() throws {
    let log = try shell.output(
      of: "nn-train -q start.safetensors --data data.safetensors --epochs 3 --log - -o new.safetensors")
    #expect(table(log).map { $0[0] } == ["step", "1", "2", "3"])
  }

  @Test(arguments: [
    "nn-train --data -", "nn-train - --data -", "nn-train - --data data.safetensors --validation -",
    "nn-train --data data.safetensors --validation -", "nn-train start.safetensors --data - --validation -",
    "nn-train --resume - --data -", "nn-eval --data -", "nn-eval - --data -", "nn-eval - - --data data.safetensors",
    "nn-predict -", "nn-predict --data -", "nn-predict --model - -", "nn-predict --model model.safetensors - -",
    "mnist-prepare - -", "mnist-prepare data.images - --labels -",
  ])
  func standardInputIsReadOnce(_ command: String) throws {
    // Before any of it is read, whatever it holds.
    for input in ["model.safetensors", "/dev/null"] {
      expectFailure(try shell.run("\(command) <\(input)"), 64, contains: "standard input can be read only once")
    }
  }

  @Test(arguments: [
    "nn-train start.safetensors --data data.safetensors --log -",
    "nn-train start.safetensors --data data.safetensors --log - -o -",
    "nn-train start.safetensors --data data.safetensors --checkpoint -",
    "mnist-prepare data.images --to png", "mnist-prepare data.images --to png -o -",
  ])
  func whatStandardOutputCannotTake(_ command: String) throws {
    let result = try shell.run(command)
    expectFailure(result, 64)
    #expect(result.output == "")
  }
}

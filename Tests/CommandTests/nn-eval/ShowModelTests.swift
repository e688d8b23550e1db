import Testing

/// nn-eval --show.
struct ShowModelTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(80)
    try shell.output(of: "nn-init 784 12 10 --seed 3 -o start.safetensors")
  }

  private static let shape = [
    ["dimensions", "784 12 10"], ["activations", "relu softmax"], ["parameters", "9550"], ["scale", "1/255"],
    ["rows", "28"], ["cols", "28"], ["classes", "0 1 2 3 4 5 6 7 8 9"], ["init", "he"], ["seed", "3"],
    ["temperature", "1.0"],
  ]

  @Test func tellsTheShapeAndTheTraining() throws {
    #expect(try table(shell.output(of: "nn-eval --show <start.safetensors")) == Self.shape)
    try shell.output(
      of: """
        nn-train -q start.safetensors --data data.safetensors --iterations 3 --augment affine --no-shuffle \
          --checkpoint c -o model.safetensors
        """)
    let lines = try table(shell.output(of: "nn-eval --show model.safetensors"))
    #expect(Array(lines.prefix(10)) == Self.shape)
    let settings = Dictionary(lines.dropFirst(10).map { ($0[0], $0[1]) }) { first, _ in first }
    #expect(settings.count == lines.count - 10 && settings.keys.allSatisfy { $0.hasPrefix("trained.") })
    let metadata = try PlainSafetensors(shell.read("model.safetensors")).metadata
    #expect(settings == metadata.filter { $0.key.hasPrefix("trained.") })
    #expect(settings["trained.length"] == "3 iterations" && settings["trained.shuffle"] == "false")
    #expect(settings["trained.augment"] == "rotate=15.0 scale=0.15 shear=0.15 shift=1.0")
    // A checkpoint is a model that isn't trained yet.
    #expect(try table(shell.output(of: "nn-eval --show c")) == Self.shape)
  }

  /// Each model is told after its name, and what a file says can't break the lines.
  @Test func severalModels() throws {
    try shell.write("odd.safetensors", from: "start.safetensors") { metadata in
      metadata["trained.tool"] = "a\tb\nc\u{1b}"
      for name in ["init", "seed", "scale", "rows", "cols", "classes"] { metadata[name] = nil }
    }
    let lines = try table(shell.output(of: "nn-eval --show start.safetensors odd.safetensors"))
    let shape = Self.shape.filter { !["init", "seed"].contains($0[0]) }
    #expect(
      lines == [["model", "start.safetensors"]] + Self.shape + [["model", "odd.safetensors"]] + shape
        + [["trained.tool", #"a\tb\nc\0033"#]])
  }

  @Test func whatDoesNotGoTogether() throws {
    expectFailure(try shell.run("nn-eval start.safetensors"), 64, contains: "Missing expected argument '--data <file>'")
    expectFailure(
      try shell.run("nn-eval --show start.safetensors --data data.safetensors"), 64,
      contains: "--show goes without --data.")
    expectFailure(try shell.run("nn-eval --show --each start.safetensors"), 64, contains: "--show goes without other")
    expectFailure(try shell.run("nn-eval --show data.safetensors"), 65, contains: "data.safetensors")
  }
}

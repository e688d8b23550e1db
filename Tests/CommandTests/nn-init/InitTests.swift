import Testing

/// nn-init: the networks that it makes, and the command lines that it refuses.
struct InitTests {
  private let shell: Shell

  init() throws { shell = try Shell() }

  @Test func metadataTellsHowTheNetworkWasMade() throws {
    try shell.output(of: "nn-init 784 30 20 10 --activation tanh --init xavier --seed 7 -o model.safetensors")
    let file = try PlainSafetensors(shell.read("model.safetensors"))
    for (name, value) in [
      ("format", "nn-model"), ("dimensions", "784 30 20 10"), ("activations", "tanh tanh softmax"), ("seed", "7"),
      ("init", "xavier"), ("rows", "28"), ("cols", "28"),
    ] {
      #expect(file.metadata[name] == value, "\(name)")
    }
  }

  @Test(arguments: [("relu", "he"), ("leaky-relu", "he"), ("gelu", "he"), ("sigmoid", "xavier"), ("tanh", "xavier")])
  func theActivationDecidesHowWeightsAreDrawn(_ activation: String, _ method: String) throws {
    try shell.output(of: "nn-init 20 9 3 --activation \(activation) -o model.safetensors")
    let file = try PlainSafetensors(shell.read("model.safetensors"))
    #expect(file.metadata["activations"] == "\(activation) softmax" && file.metadata["init"] == method)
  }

  @Test func theSeedDecides() throws {
    for (name, seed) in [("a", 1), ("b", 1), ("c", 2)] {
      try shell.output(of: "nn-init 20 10 3 --seed \(seed) -o \(name)")
    }
    #expect(try shell.read("a") == shell.read("b"))
    #expect(try shell.read("a") != shell.read("c"))
  }

  @Test(arguments: [
    ("784", "two sizes"), ("784 0 10", "at least 1"), ("784 10 --std 0.1", "std"),
    ("784 10 --init normal --std -1", "std"),
    ("784 8 10 --foo 0.1", "--foo"), ("784 10 --activation softmax", "activation"),
  ])
  func wrongCommandLines(_ options: String, _ part: String) throws {
    expectFailure(try shell.run("nn-init \(options)"), 64, contains: part)
  }
}

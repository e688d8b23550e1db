import Testing

/// Checkpoints of nn-train as it was before it knew schedules with a warm-up, regularisation and the best epoch:
/// make-checkpoints.sh made them.
struct OldCheckpointTests {
  private let shell: Shell
  private static let folder = "\(Project.root)/Tests/Fixtures/checkpoints"

  init() throws {
    shell = try Shell()
    try shell.output(of: "mnist-prepare -q '\(Self.folder)/data.csv' -o data.safetensors")
  }

  @Test(arguments: ["sgd", "momentum", "adam", "adamw"])
  func trainingGoesOn(_ optimizer: String) throws {
    try shell.output(
      of: """
        cp '\(Self.folder)/\(optimizer).checkpoint' checkpoint
        cp '\(Self.folder)/\(optimizer).model' expected.safetensors
        nn-train -q --resume checkpoint --data data.safetensors --validation 0.2 --iterations 50 -o end.safetensors
        """)
    let (end, expected) = try (
      PlainSafetensors(shell.read("end.safetensors")), PlainSafetensors(shell.read("expected.safetensors"))
    )
    #expect(Set(end.tensors.keys) == Set(expected.tensors.keys) && !expected.tensors.isEmpty)
    for (name, tensor) in expected.tensors {
      let floats = try #require(end.tensors[name]).floats
      #expect(zip(floats, tensor.floats).allSatisfy { abs($0 - $1) < 1e-5 } && floats.count == tensor.floats.count)
    }
    #expect(end.metadata["trained.optimizer"] == optimizer)
  }

  @Test func itIsAModelToo() throws {
    let told = try shell.output(of: "nn-eval '\(Self.folder)/adam.checkpoint' --data data.safetensors")
    #expect(told.hasPrefix("examples\t60\n"))
  }
}

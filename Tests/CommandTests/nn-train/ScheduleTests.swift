import Testing

/// nn-train --schedule and --warmup.
struct ScheduleTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(220)
    try shell.output(of: "nn-init 784 12 10 -o start.safetensors")
  }

  private static let data = "--data data.safetensors"

  /// The learning rates of twelve updates, three an epoch.
  private func rates(_ options: String) throws -> [Double] {
    try shell.output(
      of: """
        nn-train -q start.safetensors \(Self.data) --batch-size 80 --epochs 4 --learning-rate 1e-2 --log log.tsv \
          --log-every 1 -o new.safetensors \(options)
        """)
    return table(String(decoding: try shell.read("log.tsv"), as: UTF8.self)).dropFirst().compactMap { Double($0[6]) }
  }

  @Test func rates() throws {
    let stepped = try rates("--schedule step --step-epochs 2 --step-factor 0.5")
    #expect(stepped == Array(repeating: 0.01, count: 6) + Array(repeating: 0.005, count: 6))
    for warmup in ["1", "25%"] {
      #expect(try rates("--warmup \(warmup)") == [0.0025, 0.005, 0.0075] + Array(repeating: 0.01, count: 9))
    }
    let metadata = try PlainSafetensors(shell.read("new.safetensors")).metadata
    #expect(metadata["trained.warmup"] == "25.0%" && metadata["trained.step_factor"] == nil)
    let cycle = try rates("--schedule one-cycle")
    #expect(abs(cycle[0] - 0.01 / 25) < 1e-9 && cycle.max()! > 0.009 && cycle[11] < 1e-6)
  }

  @Test(arguments: ["step --step-epochs 0.7 --step-factor 0.9", "one-cycle", "cosine --warmup 33.3%"])
  func goesOnAsIfNeverStopped(_ schedule: String) throws {
    let start = "nn-train -q start.safetensors \(Self.data) --schedule \(schedule) --batch-size 80"
    try shell.output(of: "\(start) --epochs 5 -o whole.safetensors")
    // The schedule's length is that of the whole training.
    try shell.output(of: "\(start) --epochs 5 --time-limit 0.000001 --checkpoint half -o half.safetensors")
    try shell.output(of: "nn-train -q --resume half \(Self.data) --epochs 5 -o resumed.safetensors")
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
  }

  @Test(arguments: [
    ("--step-epochs 2", "--step-epochs and --step-factor go with --schedule step"),
    ("--schedule step --step-factor 0", "--step-factor takes a number above 0"),
    ("--warmup 100%", "--warmup"), ("--warmup -1", "--warmup"), ("--schedule steep", "--schedule"),
  ])
  func faults(_ options: String, _ text: String) throws {
    expectFailure(try shell.run("nn-train start.safetensors \(Self.data) \(options)"), 64, contains: text)
  }
}

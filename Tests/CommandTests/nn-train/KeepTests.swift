import Testing

/// nn-train --keep, --patience and --target-accuracy.
struct KeepTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(150)
    try shell.makeDigits(80, seed: 2, name: "test")
    try shell.output(of: "nn-init 784 16 10 -o start.safetensors")
  }

  /// Learns so fast that the validation loss goes up and down.
  private static let command =
    "nn-train start.safetensors --data data.safetensors --validation test.safetensors --batch-size 30 --learning-rate 0.05"

  private func column(_ number: Int, of log: String) throws -> [Double] {
    table(String(decoding: try shell.read(log), as: UTF8.self)).dropFirst().compactMap { Double($0[number]) }
  }

  @Test(arguments: [("best", 4), ("best-accuracy", 5)]) func keepsTheBest(_ keep: String, _ number: Int) throws {
    let result = try shell.run("\(Self.command) --epochs 12 --keep \(keep) --log log.tsv -o kept.safetensors")
    let figures = try column(number, of: "log.tsv")
    let best = try #require(keep == "best" ? figures.min() : figures.max())
    let epoch = try #require(figures.firstIndex(of: best)) + 1
    #expect(result.errors.contains("kept epoch \(epoch) of 12  validation loss "))
    let file = try PlainSafetensors(shell.read("kept.safetensors"))
    #expect(file.metadata["trained.keep"] == keep && file.metadata["trained.kept_epoch"] == "\(epoch)")
    #expect(file.metadata[keep == "best" ? "trained.validation_loss" : "trained.validation_accuracy"] == "\(best)")
    // As if training had ended there.
    try shell.output(of: "\(Self.command) -q --epochs \(epoch) -o short.safetensors")
    #expect(try file.tensors == PlainSafetensors(shell.read("short.safetensors")).tensors)
  }

  @Test(arguments: [2, 5, 7]) func goesOnAsIfNeverStopped(_ stop: Int) throws {
    let options = "--keep best --patience 3"
    let whole = try shell.run("\(Self.command) --epochs 40 \(options) --checkpoint end -o whole.safetensors")
    try shell.output(of: "\(Self.command) -q --epochs \(stop) \(options) --checkpoint half -o half.safetensors")
    let resume = "nn-train --resume half --data data.safetensors --validation test.safetensors --epochs 40"
    let rest = try shell.run("\(resume) --checkpoint half -o resumed.safetensors")
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
    #expect(try shell.read("half") == shell.read("end"))
    #expect(whole.errors.contains("ended by --patience 3 after epoch "))
    #expect(try PlainSafetensors(shell.read("whole.safetensors")).metadata["trained.ended"] == "patience")
    // Once more, as after a kill between the last checkpoint and the model: nothing is left to do.
    try shell.output(of: "\(resume) -q -o again.safetensors")
    #expect(try shell.read("again.safetensors") == shell.read("whole.safetensors"))
  }

  /// Training that stops within an epoch, or goes through all examples at once, keeps what it would have kept.
  @Test(arguments: [("--batch-size 30", 23), ("--batch-size full --log log.tsv --log-every 4", 6)])
  func onlyWholeEpochsCount(_ options: String, _ stop: Int) throws {
    let start = "\(Self.command.replacing("--batch-size 30", with: options)) -q --keep best"
    try shell.output(of: "\(start) --iterations 35 --checkpoint end -o whole.safetensors")
    try shell.output(of: "\(start) --iterations \(stop) --checkpoint half -o half.safetensors")
    let log = options.contains("--log") ? "--log log.tsv --log-every 4" : ""
    try shell.output(
      of: """
        nn-train -q --resume half --data data.safetensors --validation test.safetensors --iterations 35 \(log) \
          --checkpoint half -o resumed.safetensors
        """)
    #expect(try shell.read("half") == shell.read("end"))
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
  }

  @Test func targetAccuracy() throws {
    let result = try shell.run(
      "\(Self.command) --epochs 40 --target-accuracy 0.3 --log log.tsv --checkpoint c -o model.safetensors")
    let accuracies = try column(5, of: "log.tsv")
    #expect(accuracies.dropLast().allSatisfy { $0 < 0.3 } && (accuracies.last ?? 0) >= 0.3)
    #expect(result.errors.contains("ended by --target-accuracy 0.3 after epoch \(accuracies.count), step "))
    let metadata = try PlainSafetensors(shell.read("model.safetensors")).metadata
    #expect(metadata["trained.ended"] == "target accuracy" && metadata["trained.kept_epoch"] == nil)
    // As after a kill between the last checkpoint and the model.
    let resume = "nn-train --resume c --data data.safetensors --validation test.safetensors --epochs 40"
    try shell.output(of: "\(resume) -q -o again.safetensors")
    #expect(try shell.read("again.safetensors") == shell.read("model.safetensors"))
  }

  @Test(arguments: [
    ("--keep best", "--keep best needs --validation"), ("--patience 2", "--patience needs --validation"),
    ("--target-accuracy 0.9", "--target-accuracy needs --validation"),
    ("--patience 0", "--patience takes a number of at least 1"), ("--keep worst", "--keep"),
    ("--target-accuracy 98", "--target-accuracy takes a number above 0 and at most 1"),
  ])
  func faults(_ options: String, _ text: String) throws {
    expectFailure(
      try shell.run("nn-train start.safetensors --data data.safetensors \(options)"), 64, contains: text)
  }
}

import Testing

/// nn-train that ends by --time-limit. No test goes by how much is done in that time, only that it is less than all.
struct TimeLimitTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(220)
    try shell.output(of: "nn-init 784 12 10 -o start.safetensors")
  }

  private static let command = "nn-train start.safetensors --data data.safetensors"
  private static let endless = "--iterations 1000000000 --time-limit 1s"

  /// Batches, engine, optimiser and validation that training may have.
  @Test(arguments: [
    "--batch-size 50 --validation 0.2", "--batch-size full --log-every 7 --log log.tsv --validation 0.2",
    "--batch-size full --optimizer momentum", "--batch-size 50 --augment",
  ])
  func endsWithTheModelAndGoesOn(_ options: String) throws {
    let result = try shell.run("\(Self.command) \(options) \(Self.endless) -o ended.safetensors --checkpoint c")
    #expect(result.status == 0)
    let (epoch, step) = try ending(result, ": go on with --resume c")
    let metadata = try PlainSafetensors(shell.read("ended.safetensors")).metadata
    #expect(metadata["trained.ended"] == "time limit")
    #expect(metadata["trained.steps"] == "\(step)" && metadata["trained.epochs"] == "\(epoch)")
    #expect((metadata["trained.validation_loss"] != nil) == options.contains("validation"))
    #expect((metadata["trained.calibrated_loss"] != nil) == options.contains("validation"))

    // A run that does as many updates by itself learns the same, and so does one that goes on.
    let whole = "\(Self.command) -q \(options) -o whole.safetensors"
    try shell.output(of: "\(whole) --iterations \(step)")
    let (ended, same) = (try shell.read("ended.safetensors"), try PlainSafetensors(shell.read("whole.safetensors")))
    #expect(try PlainSafetensors(ended).tensors == same.tensors)
    #expect(same.metadata["trained.ended"] == nil)
    for name in ["loss", "accuracy", "validation_loss", "calibrated_loss"] {
      #expect(metadata["trained.\(name)"] == same.metadata["trained.\(name)"])
    }
    try shell.output(of: "\(whole) --iterations \(step + 13)")
    let validation = options.contains("validation") ? "--validation 0.2" : ""
    try shell.output(
      of: """
        nn-train -q --resume c --data data.safetensors \(validation) --iterations \(step + 13) -o resumed.safetensors
        cmp resumed.safetensors whole.safetensors
        """)
  }

  @Test func theTextbookEngineEndsToo() throws {
    let result = try shell.run(
      "\(Self.command) --engine textbook --batch-size 50 \(Self.endless) -o ended.safetensors")
    #expect(result.status == 0)
    let (_, step) = try ending(result, "")
    #expect(try PlainSafetensors(shell.read("ended.safetensors")).metadata["trained.steps"] == "\(step)")
  }

  /// However short the time, there is an update, so that training by short runs comes to an end.
  @Test func theShortestRunDoesAnUpdate() throws {
    let options = "--time-limit 0.000000001 --iterations 3 --checkpoint c -o new.safetensors"
    let result = try shell.run("\(Self.command) \(options)")
    #expect(
      result.errors.hasSuffix("\nended by --time-limit 0.000000001 after epoch 1, step 1: go on with --resume c\n"))
    for _ in 2...3 {
      #expect(try shell.run("nn-train --resume c --data data.safetensors \(options)").status == 0)
    }
    try shell.output(
      of: "\(Self.command) -q --iterations 3 -o whole.safetensors; cmp new.safetensors whole.safetensors")
  }

  @Test func aRunThatComesToItsEndIsTheSame() throws {
    let whole = try shell.run("\(Self.command) --epochs 2 --validation 0.2 --checkpoint c")
    for limit in ["3600", "3600s", "90m", "1.5h", "1h30m", "2h0.5m1s"] {
      let limited = try shell.run("\(Self.command) --epochs 2 --validation 0.2 --checkpoint d --time-limit \(limit)")
      #expect(limited.status == 0 && limited.outputBytes == whole.outputBytes, "\(limit)")
      #expect(!limited.errors.contains("time-limit"))
      try shell.output(of: "cmp c d")
    }
  }

  @Test(arguments: [
    "0", "0s", "0h0m", "-1", "nan", "inf", "''", "s", "5x", "5ms", "5S", "1m1h", "1m1m", "1h30", "1e3", ".", "1..2s",
    "'5 m'", "99999999999", "10001h", "1" + String(repeating: "0", count: 400),
  ])
  func noDuration(_ text: String) throws {
    let before = try shell.names
    expectFailure(try shell.run("\(Self.command) --time-limit \(text) -o new"), 64, contains: "--time-limit")
    #expect(try shell.names == before)
  }

  @Test(arguments: ["--epochs 2", "--iterations 7"]) func aFinishedRunHasNothingLeft(_ length: String) throws {
    try shell.output(of: "\(Self.command) -q --batch-size 50 \(length) -o whole.safetensors --checkpoint c")
    let resume = "nn-train --resume c --data data.safetensors \(length) -o again.safetensors"
    let again = try shell.run(resume)
    let (step, option) = length.contains("epochs") ? (10, "--epochs") : (7, "--iterations")
    #expect(
      again.status == 0
        && again.errors
          == "c: training had already ended, at step \(step) (epoch 2): nothing is left to do; more \(option) go on\n"
    )
    let (model, whole) = (try shell.read("again.safetensors"), try shell.read("whole.safetensors"))
    #expect(try PlainSafetensors(model).tensors == PlainSafetensors(whole).tensors)
    // A longer run than is asked for is just as finished.
    #expect(try shell.run(resume.replacing(length, with: "--epochs 1")).errors.contains("training had already ended"))
    #expect(try !shell.run(resume.replacing(length, with: "--epochs 3")).errors.contains("already"))
  }

  /// The epoch and the step that the last line on standard error tells of the end.
  private func ending(_ result: Shell.Result, _ advice: String) throws -> (epoch: Int, step: Int) {
    let line = try #require(result.errors.split(separator: "\n").last)
    #expect(line.hasPrefix("ended by --time-limit 1s after epoch ") && line.hasSuffix(advice))
    let numbers = line.dropLast(advice.count).split { !$0.isNumber }.compactMap { Int($0) }
    try #require(numbers.count == 3 && numbers[2] > 0)
    return (numbers[1], numbers[2])
  }
}

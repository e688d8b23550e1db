import Testing

/// nn-train --checkpoint and --resume.
struct CheckpointTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(220)
    try shell.output(of: "nn-init 784 12 10 -o start.safetensors")
  }

  private static let command =
    "nn-train -q start.safetensors --data data.safetensors --batch-size 50 --learning-rate 0.01"

  /// Five steps an epoch, the last of 20 examples: 13 is in the midst of the third, 15 at its end.
  @Test(
    arguments: ["sgd", "momentum", "adam", "adamw", "adam --augment", "adam --augment affine,elastic --elastic 4:34"],
    [13, 15])
  func goesOnAsIfNeverStopped(_ optimizer: String, _ stop: Int) throws {
    let whole = "\(Self.command) --optimizer \(optimizer)"
    try shell.output(of: "\(whole) --iterations 31 -o whole.safetensors --checkpoint end.safetensors --log whole.tsv")
    try shell.output(
      of: "\(whole) --iterations \(stop) -o half.safetensors --checkpoint half.checkpoint --log parts.tsv")
    try shell.output(
      of: """
        nn-train -q --resume half.checkpoint --data data.safetensors --iterations 31 -o resumed.safetensors \
          --checkpoint half.checkpoint --log parts.tsv
        """)
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
    #expect(try shell.read("half.checkpoint") == shell.read("end.safetensors"))
    let (log, parts) = (try shell.output(of: "cut -f 1-7 whole.tsv"), try shell.output(of: "cut -f 1-7 parts.tsv"))
    // A stop in the midst of an epoch has a line of its own.
    let lines = stop == 15 ? table(parts) : table(parts).filter { $0[0] != "13" }
    #expect(lines == table(log))
    // A checkpoint is a model, too.
    #expect(try shell.run("nn-eval half.checkpoint --data data.safetensors").status == 0)
  }

  /// Training that is killed leaves the last checkpoint that was due.
  @Test func savesEveryFewEpochs() throws {
    let start = "nn-train -q start.safetensors --data data.safetensors --batch-size 55"
    // Nothing else would save within the first ten seconds.
    let result = try shell.run(
      """
      \(start) --epochs 1000000 --checkpoint every --checkpoint-every 3 -o never.safetensors & pid=$!
      for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s every ] && break; sleep 0.2; done
      kill -9 $pid; wait $pid 2>/dev/null; [ -s every ]
      """)
    #expect(result.status == 0, "\(result.errors)")
    let step = try #require(PlainSafetensors(shell.read("every")).metadata["checkpoint.step"].flatMap { Int($0) })
    #expect(step > 0 && step % 12 == 0)
    for (options, text) in [
      ("--checkpoint-every 3", "--checkpoint-every needs --checkpoint FILE"),
      ("--checkpoint c --checkpoint-every 0", "--checkpoint-every"),
      ("--checkpoint c --checkpoint-every 1.5", "--checkpoint-every"),
    ] {
      expectFailure(try shell.run("\(start) \(options)"), 64, contains: text)
    }
  }

  @Test func validationShareIsTheSame() throws {
    let options = "--validation 0.3 --threads 2"
    try shell.output(of: "\(Self.command) \(options) --epochs 4 -o whole.safetensors")
    try shell.output(of: "\(Self.command) \(options) --epochs 2 -o half.safetensors --checkpoint checkpoint")
    try shell.output(
      of: "nn-train -q --resume checkpoint --data data.safetensors \(options) --epochs 4 -o resumed.safetensors")
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
  }

  @Test func whatDoesNotFit() throws {
    try shell.output(of: "\(Self.command) --epochs 1 -o half.safetensors --checkpoint checkpoint")
    let resume = "nn-train --resume checkpoint -o resumed.safetensors"
    expectFailure(
      try shell.run("\(resume) --data data.safetensors --optimizer sgd"), 64,
      contains: "the checkpoint is of --optimizer adam, and can't go on with sgd")
    expectFailure(try shell.run("\(resume) --data data.safetensors --engine textbook"), 64, contains: "textbook")
    expectFailure(
      try shell.run("\(resume) --data data.safetensors start.safetensors"), 64,
      contains: "--resume brings its own model")
    try shell.output(of: "mnist-prepare -q data.safetensors --take 219 -o less.safetensors")
    for arguments in ["--data less.safetensors", "--data data.safetensors --validation 0.1"] {
      expectFailure(
        try shell.run("\(resume) \(arguments)"), 65,
        contains: "checkpoint: is of training on 220 examples, and here are ")
    }
    expectFailure(
      try shell.run("nn-train --resume half.safetensors --data data.safetensors"), 65,
      contains: "half.safetensors: ", "not a checkpoint")
    try shell.output(of: "head -c 5000 checkpoint >broken")
    expectFailure(
      try shell.run("nn-train --resume broken --data data.safetensors"), 65, contains: "broken: ", "ends after")
    #expect(try !shell.names.contains("resumed.safetensors"))
  }
}

import Testing

/// What nn-train does against learning by heart: the same for any threads, and after going on from a checkpoint.
struct RegularizationTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(220)
    try shell.output(of: "nn-init 784 20 12 10 -o start.safetensors")
  }

  private static let data = "--data data.safetensors"

  private static let options = [
    "--optimizer momentum --nesterov", "--clip-norm 0.5", "--max-norm 1", "--label-smoothing 0.1",
    "--class-weights balanced", "--average 0.9", "--dropout 0.2,0.4", "--input-dropout 0.2",
    "--optimizer sgd --engine textbook --learning-rate 0.05 --dropout 0.3 --input-dropout 0.1 --clip-norm 1 --max-norm 2",
    "--dropout 0.5 --input-dropout 0.1 --average 0.99 --clip-norm 1 --max-norm 1 --label-smoothing 0.1 --augment",
  ]

  @Test(arguments: options) func anyThreadsGiveTheSameBytes(_ options: String) throws {
    for size in ["50", "full"] {
      let train = "nn-train -q start.safetensors \(Self.data) --batch-size \(size) --epochs 2 \(options)"
      let reference = try shell.run("\(train) --threads 1")
      #expect(reference.status == 0, "\(reference.errors)")
      for threads in [2, 3, 8] {
        #expect(try shell.run("\(train) --threads \(threads)").outputBytes == reference.outputBytes, "\(threads)")
      }
      let plain = "nn-train -q start.safetensors \(Self.data) --batch-size \(size) --epochs 2"
      #expect(try shell.run(plain).outputBytes != reference.outputBytes)
    }
  }

  @Test(arguments: options.filter { !$0.contains("textbook") }) func goesOnAsIfNeverStopped(_ options: String) throws {
    let start = "nn-train -q start.safetensors \(Self.data) --batch-size 50 \(options)"
    try shell.output(of: "\(start) --iterations 21 --checkpoint end -o whole.safetensors")
    try shell.output(of: "\(start) --iterations 8 --checkpoint half -o half.safetensors")
    try shell.output(
      of: "nn-train -q --resume half \(Self.data) --iterations 21 --checkpoint half -o resumed.safetensors")
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
    #expect(try shell.read("half") == shell.read("end"))
    #expect(try shell.run("nn-eval half \(Self.data)").status == 0)
  }

  @Test func metadata() throws {
    let options = "--dropout 0.5 --label-smoothing 0.1 --class-weights balanced --average 0.9"
    let model = try shell.run("nn-train -q start.safetensors \(Self.data) --epochs 1 \(options)").outputBytes
    let metadata = try PlainSafetensors(model).metadata
    #expect(metadata["trained.dropout"] == "0.5" && metadata["trained.label_smoothing"] == "0.1")
    #expect(metadata["trained.class_weights"] == "balanced" && metadata["trained.average"] == "0.9")
    #expect(metadata["trained.clip_norm"] == nil && metadata["trained.nesterov"] == nil)
  }

  @Test(arguments: [
    ("--nesterov", "--nesterov goes with --optimizer momentum"),
    ("--clip-norm 0", "--clip-norm takes a number above 0"),
    ("--label-smoothing 1", "--label-smoothing takes"), ("--average 1", "--average takes"),
    ("--class-weights 1,2", "--class-weights has a number for 2 classes, and the model knows 10"),
    ("--class-weights 0", "--class-weights"), ("--dropout 1", "--dropout"),
    ("--dropout 0.1,0.2,0.3", "--dropout has a number for 3 hidden layers, and the model has 2"),
  ])
  func faults(_ options: String, _ text: String) throws {
    expectFailure(try shell.run("nn-train start.safetensors \(Self.data) \(options)"), 64, contains: text)
  }
}

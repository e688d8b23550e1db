import Testing

/// nn-train: its log, what it makes the same in every run, and how it gives up.
struct TrainTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(250)
    try shell.makeDigits(100, seed: 2, name: "test")
    try shell.output(of: "nn-init 784 20 10 --seed 3 -o start.safetensors")
  }

  private static let command = "nn-train start.safetensors --data data.safetensors"

  private func log(_ options: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [[String]] {
    try shell.output(
      of: "\(Self.command) -q --log log.tsv -o new.safetensors \(options)", sourceLocation: sourceLocation)
    let lines = table(String(decoding: try shell.read("log.tsv"), as: UTF8.self))
    #expect(
      lines[0] == [
        "step", "epoch", "loss", "train_accuracy", "validation_loss", "validation_accuracy", "learning_rate", "seconds",
      ], sourceLocation: sourceLocation)
    #expect(lines.allSatisfy { $0.count == 8 }, sourceLocation: sourceLocation)
    return Array(lines.dropFirst())
  }

  @Test func aLineAnEpoch() throws {
    let rows = try log("--epochs 3 --batch-size 100 --learning-rate 0.01")
    #expect(rows.map { $0[0] } == ["3", "6", "9"])
    #expect(rows.map { $0[1] } == ["1", "2", "3"])
    #expect(rows.allSatisfy { $0[4] == "" && $0[5] == "" && $0[6] == "0.01" })
    let losses = rows.compactMap { Double($0[2]) }
    #expect(losses.count == 3 && losses[2] < losses[0])
    #expect(rows.allSatisfy { (0...1).contains(Double($0[3]) ?? -1) && (Double($0[7]) ?? -1) >= 0 })
  }

  @Test(arguments: [
    ("--iterations 20 --log-every 6", [0, 6, 12, 18]), ("--iterations 19 --log-every 6", [0, 6, 12, 18]),
    ("--iterations 18 --log-every 6", [0, 6, 12]), ("--iterations 1 --log-every 6", [0]),
    ("--iterations 4 --log-every 1", [0, 1, 2, 3]), ("--epochs 2 --log-every 2", [0, 2]),
    ("--epochs 2 --batch-size 50 --log-every 4", [0, 4, 8]),
    ("--iterations 7 --batch-size 100 --log-every 3", [0, 3, 6]),
  ])
  func logEvery(_ options: String, _ steps: [Int]) throws {
    #expect(try log(options).map { Int($0[0]) } == steps)
  }

  @Test func epochsAndIterations() throws {
    try shell.output(of: "\(Self.command) -q --epochs 3 --batch-size 100 -o epochs.safetensors")
    try shell.output(of: "\(Self.command) -q --iterations 9 --batch-size 100 -o iterations.safetensors")
    let epochs = try PlainSafetensors(shell.read("epochs.safetensors"))
    let iterations = try PlainSafetensors(shell.read("iterations.safetensors"))
    #expect(epochs.tensors == iterations.tensors)
    let metadata = epochs.metadata
    #expect(metadata["trained.length"] == "3 epochs")
    #expect(iterations.metadata == metadata.merging(["trained.length": "9 iterations"]) { $1 })
    #expect(
      metadata["trained.steps"] == "9" && metadata["trained.epochs"] == "3" && metadata["trained.examples"] == "250")
    #expect(metadata["trained.optimizer"] == "adam" && metadata["trained.batch_size"] == "100")
    // Ten epochs of 128 by default.
    #expect(try log("").map { $0[0] } == (1...10).map { "\(2 * $0)" })
    #expect(try log("--iterations 5").map { $0[0] } == ["2", "4", "5"])
  }

  @Test func validationByFile() throws {
    let rows = try log("--epochs 3 --validation test.safetensors")
    let last = try #require(rows.last)
    let evaluation = values(try shell.output(of: "nn-eval new.safetensors --data test.safetensors"))
    let metadata = try PlainSafetensors(shell.read("new.safetensors")).metadata
    #expect(metadata["trained.validation_loss"] == last[4])
    #expect(Double(last[5]) == evaluation["accuracy"])
    // The log is of the network without its temperature, which makes the loss less.
    #expect(try #require(metadata["temperature"].flatMap(Double.init)) != 1)
    let loss = try #require(evaluation["loss"])
    #expect(isClose(try #require(metadata["trained.calibrated_loss"].flatMap(Double.init)), loss, relative: 1e-5))
    #expect(loss < (try #require(Double(last[4]))))
    // It changes nothing of what is learnt.
    let validated = try PlainSafetensors(shell.read("new.safetensors")).tensors
    _ = try log("--epochs 3")
    #expect(try PlainSafetensors(shell.read("new.safetensors")).tensors == validated)
    #expect(
      try log("--validation test.safetensors --iterations 6 --log-every 3").allSatisfy { $0[4] != "" && $0[5] != "" })
  }

  @Test func validationByFraction() throws {
    let rows = try log("--epochs 2 --validation 0.2 --batch-size 50")
    #expect(rows.map { $0[0] } == ["4", "8"])
    // One of 50 examples each.
    #expect(rows.allSatisfy { row in Double(row[5]).map { ($0 * 50).rounded() / 50 == $0 } ?? false })
    let metadata = try PlainSafetensors(shell.read("new.safetensors")).metadata
    #expect(metadata["trained.examples"] == "200")
    #expect(metadata["trained.validation_accuracy"] == rows[1][5])
    let first = rows[0][4]
    #expect(try log("--epochs 2 --validation 0.2 --batch-size 50 --seed 9")[0][4] != first)
  }

  /// A batch of all training examples repeats, though the data has more examples, of which some are kept for
  /// validation.
  @Test(arguments: ["sgd", "adam"]) func aBatchOfAllTrainingExamplesIsAFullOne(optimizer: String) throws {
    for size in ["full", "200"] {
      let options = "--validation 0.2 --iterations 9 --optimizer \(optimizer) --batch-size \(size)"
      try shell.output(of: "\(Self.command) -q \(options) -o \(size).safetensors")
      try shell.output(of: "nn-predict --model \(size).safetensors --data test.safetensors --top 10 -o \(size).tsv")
    }
    try shell.output(of: "cmp full.tsv 200.tsv")
  }

  @Test func divergence() throws {
    try shell.write(Array("old".utf8), to: "kept")
    let before = try shell.names
    let options = "--optimizer sgd --learning-rate 1e30 --batch-size 100"
    let result = try shell.run("\(Self.command) -q \(options) -o kept")
    expectFailure(result, 3, contains: "training diverged in epoch 1, step 2: ", "try a --learning-rate below 1e+30")
    #expect(try shell.read("kept") == Array("old".utf8))
    let piped = try shell.run("\(Self.command) -q \(options)")
    expectFailure(piped, 3)
    #expect(piped.outputBytes == [])
    // The checkpoint, too, stays the last that was good.
    expectFailure(try shell.run("\(Self.command) -q \(options) --checkpoint kept"), 3)
    #expect(try shell.read("kept") == Array("old".utf8))
    #expect(try shell.names == before)
  }

  @Test(arguments: ["sgd", "momentum", "adam", "adamw", "adam --augment"])
  func sameBytes(_ optimizer: String) throws {
    let command = "\(Self.command) --optimizer \(optimizer) --epochs 2 --batch-size 64 --learning-rate 0.01"
    let expected = try shell.run("\(command) --threads 1").outputBytes
    #expect(try PlainSafetensors(expected).tensors.count == 4)
    for options in [
      "--threads 1", "--threads 1 -q", "--threads 2", "--threads 3", "--threads 8 --quiet", "", "--log log.tsv",
    ] {
      let result = try shell.run("\(command) \(options)")
      #expect(result.status == 0)
      #expect(result.outputBytes == expected, "\(options)")
    }
    #expect(try shell.run("\(command) --seed 2").outputBytes != expected)
    #expect(try shell.run("\(command) --no-shuffle").outputBytes != expected)
  }

  @Test func fullBatchForgetsOrder() throws {
    let command = "\(Self.command) -q --batch-size full --iterations 3"
    let expected = try PlainSafetensors(shell.run(command).outputBytes).tensors
    for options in ["--no-shuffle", "--seed 5", "--threads 3"] {
      #expect(try PlainSafetensors(shell.run("\(command) \(options)").outputBytes).tensors == expected)
    }
  }

  @Test func quiet() throws {
    #expect(try shell.run("\(Self.command) -q --epochs 2 -o new.safetensors").errors == "")
    let lines = try shell.run("\(Self.command) --epochs 2 --validation 0.5 -o new.safetensors").errors.split(
      separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("epoch 1  loss ") && lines[0].contains("validation loss"))
  }

  @Test(arguments: ["relu", "sigmoid"])
  func textbookAgrees(_ activation: String) throws {
    try shell.output(of: "nn-init 784 20 15 10 --activation \(activation) -o start.safetensors")
    let options = """
      --optimizer sgd --batch-size full --iterations 20 --learning-rate 0.05 --log-every 1 --validation test.safetensors
      """
    let (fast, textbook) = (try log(options), try log("\(options) --engine textbook"))
    #expect(fast.count == 20 && textbook.count == 20)
    for (row, other) in zip(fast, textbook) {
      for column in [2, 4] {
        #expect(isClose(try #require(Double(row[column])), try #require(Double(other[column])), relative: 1e-5))
      }
    }
    #expect(Double(textbook[19][2])! < Double(textbook[0][2])!)
  }

  @Test func textbookByBatches() throws {
    let options = "--optimizer sgd --batch-size 100 --epochs 4 --learning-rate 0.05"
    let (fast, textbook) = (try log(options), try log("\(options) --engine textbook"))
    for (row, other) in zip(fast, textbook) {
      #expect(row[0] == other[0])
      #expect(isClose(try #require(Double(row[2])), try #require(Double(other[2])), relative: 1e-5))
    }
    expectFailure(
      try shell.run("\(Self.command) --engine textbook --optimizer adam"), 64,
      contains: "the textbook engine knows --optimizer sgd only")
  }

  /// The same examples again and again differ each time, with a dense first layer too.
  @Test func augmentedPicturesDiffer() throws {
    try shell.output(of: "mnist-prepare -q data.safetensors --invert -o dense.safetensors")
    for data in ["data", "dense"] {
      let command = "nn-train -q start.safetensors --data \(data).safetensors --batch-size full --iterations 2"
      let plain = try shell.run(command).outputBytes
      let augmented = try shell.run("\(command) --augment").outputBytes
      #expect(try shell.run("\(command) --no-augment").outputBytes == plain)
      #expect(augmented != plain && !augmented.isEmpty)
      #expect(try PlainSafetensors(augmented).metadata["trained.augment"] == "true")
      #expect(try shell.run("\(command) --augment --threads 3").outputBytes == augmented)
    }
    expectFailure(
      try shell.run("\(Self.command) --augment --engine textbook"), 64,
      contains: "the textbook engine knows no --augment")
  }

  @Test func featuresAreLearntToo() throws {
    let rows = (0..<60).map { [Float($0 % 3) - 1.5, Float($0 % 2) * 3.25, -0.125] }
    try shell.write(Samples.features(rows, labels: (0..<60).map { UInt8($0 % 3) }), to: "features.safetensors")
    let output = try shell.output(
      of: """
        nn-init 3 12 3 | nn-train -q --data features.safetensors --epochs 60 --batch-size 10 --learning-rate 0.02 |
          nn-eval --data features.safetensors
        """)
    #expect(values(output)["accuracy"] == 1)
    expectFailure(
      try shell.run("nn-init 3 12 3 | nn-train -q --data features.safetensors --augment"), 65,
      contains: "features.safetensors: holds features, and --augment is for pictures")
  }

  @Test func theModelTakesOverWhatDataSays() throws {
    try shell.write(
      Samples.safetensors(
        metadata: ["format": "nn-data", "version": "1", "classes": "cat dog", "scale": "1/256"],
        [("images", "U8", [2, 2, 3], Array(0..<12)), ("labels", "U8", [2], [0, 1])]), to: "pets.safetensors")
    let file = try PlainSafetensors(shell.run("nn-init 6 2 | nn-train -q --data pets.safetensors").outputBytes)
    #expect(file.metadata["classes"] == "cat dog" && file.metadata["scale"] == "1/256")
    #expect(file.metadata["rows"] == "2" && file.metadata["cols"] == "3")
    #expect(file.metadata["dimensions"] == "6 2" && file.metadata["activations"] == "softmax")
    #expect(file.metadata["seed"] == "1" && file.metadata["init"] == "he")
  }
}

import Testing

/// nn-train --like: what a model tells of its training is all that determined it.
struct LikeTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(150)
    try shell.makeDigits(60, seed: 2, name: "test")
    try shell.output(of: "nn-init 784 12 10 --seed 1 -o start.safetensors")
  }

  private static let command = "nn-train -q start.safetensors --data data.safetensors"
  private static let again = "\(command) --like model.safetensors"

  private func train(_ options: String, like more: String = "") throws {
    try shell.output(
      of: """
        \(Self.command) \(options) -o model.safetensors
        \(Self.again) \(more) -o again.safetensors
        """)
  }

  @Test(arguments: [
    "", "--iterations 7 --batch-size 40",
    "--epochs 3 --augment affine,elastic,thickness --rotate 7.5 --elastic 5:30.25 --scale 0.1 --seed 4",
    "--epochs 2 --augment", "--epochs 6 --keep best --validation 0.2 --learning-rate 0.05 --patience 2 --seed 9",
    "--epochs 9 --target-accuracy 0.3 --validation 15% --keep best-accuracy",
    "--epochs 2 --average 0.9 --dropout 0.3 --input-dropout 0.1 --label-smoothing 0.1 --class-weights balanced",
    "--epochs 3 --schedule one-cycle --warmup 20% --batch-size 32 --clip-norm 1 --max-norm 2",
    "--epochs 4 --schedule step --step-epochs 1.5 --step-factor 0.3 --no-shuffle",
    "--iterations 9 --optimizer momentum --nesterov --momentum 0.8 --weight-decay 1e-3 --learning-rate 0.01",
    "--epochs 2 --optimizer adamw --beta1 0.8 --beta2 0.99 --epsilon 1e-6 --schedule cosine --warmup 0.5",
    "--engine textbook --batch-size full --iterations 3 --learning-rate 0.1",
  ]) func givesTheSameBytes(_ options: String) throws {
    try train(options)
    #expect(try shell.read("again.safetensors") == shell.read("model.safetensors"))
  }

  /// What is given counts more than what the model tells.
  @Test func optionsGoFirst() throws {
    try train(
      "--epochs 3 --validation 0.2 --batch-size 30 --optimizer momentum --augment affine",
      like: "--iterations 5 --no-augment --validation test.safetensors --learning-rate 0.02 --optimizer sgd")
    try shell.output(
      of: """
        \(Self.command) --iterations 5 --batch-size 30 --validation test.safetensors --learning-rate 0.02 \
          --optimizer sgd -o wanted.safetensors
        """)
    #expect(try shell.read("again.safetensors") == shell.read("wanted.safetensors"))
    #expect(try PlainSafetensors(shell.read("wanted.safetensors")).metadata["trained.validation"] == nil)
  }

  /// Numbers need not repeat the words that they go with.
  @Test(arguments: [
    ("--augment affine,elastic --rotate 7", "--scale 0.1", "--augment affine,elastic --rotate 7 --scale 0.1"),
    ("--optimizer momentum", "--momentum 0.7 --nesterov", "--optimizer momentum --momentum 0.7 --nesterov"),
    ("--schedule step", "--step-epochs 1", "--schedule step --step-epochs 1"),
    ("--augment affine --rotate 7", "--augment affine,thickness", "--augment affine,thickness"),
  ])
  func numbersGoWithWhatTheModelTells(_ before: String, _ more: String, _ same: String) throws {
    try train("--epochs 2 \(before)", like: more)
    try shell.output(of: "\(Self.command) --epochs 2 \(same) -o wanted.safetensors")
    #expect(try shell.read("again.safetensors") == shell.read("wanted.safetensors"))
  }

  @Test(arguments: [
    ("--thickness 0.2", "--thickness goes with --augment thickness"),
    ("--no-augment --rotate 5", "--rotate goes with --augment affine"),
    ("--momentum 0.8", "--momentum goes with --optimizer momentum"),
    ("--step-factor 0.5", "go with --schedule step"),
  ])
  func numbersOfNothing(_ more: String, _ message: String) throws {
    try shell.output(of: "\(Self.command) --epochs 1 --augment affine -o model.safetensors --checkpoint checkpoint")
    expectFailure(try shell.run("\(Self.again) \(more)"), 64, contains: message)
    expectFailure(
      try shell.run("nn-train -q --resume checkpoint --data data.safetensors --epochs 2 \(more)"), 64,
      contains: message)
  }

  @Test func validationOnAFileIsToBeGivenAgain() throws {
    let validation = "--validation test.safetensors"
    try train("--epochs 3 --keep best \(validation)", like: validation)
    #expect(try shell.read("again.safetensors") == shell.read("model.safetensors"))
    expectFailure(try shell.run(Self.again), 64, contains: "--keep best needs --validation")
  }

  @Test func teachersAreToBeNamedAgain() throws {
    let teacher = "--teacher teacher.safetensors"
    try shell.output(of: "\(Self.command) --epochs 2 -o teacher.safetensors")
    try train("--epochs 2 \(teacher) --teacher-weight 0.5 --teacher-temperature 3", like: teacher)
    #expect(try shell.read("again.safetensors") == shell.read("model.safetensors"))
    expectFailure(
      try shell.run(Self.again), 64, contains: "the model of --like was taught: name the same teachers by --teacher")
  }

  /// The same as one run, where training stopped in between.
  @Test func modelsOfResumedTrainingTellTheWholeOfIt() throws {
    try shell.output(
      of: """
        \(Self.command) --epochs 2 --checkpoint half -o half.safetensors
        nn-train -q --resume half --data data.safetensors --epochs 4 -o model.safetensors
        \(Self.again) -o again.safetensors
        """)
    #expect(try shell.read("again.safetensors") == shell.read("model.safetensors"))
  }

  @Test func faults() throws {
    func expectRefused(_ name: String, _ message: String, _ change: (inout [String: String]) -> Void) throws {
      try shell.write(name, from: "model.safetensors", change)
      expectFailure(try shell.run("\(Self.command) --like \(name)"), 65, contains: "nn-train: \(name): \(message)")
    }
    try shell.output(of: "\(Self.command) --epochs 1 -o model.safetensors")
    expectFailure(
      try shell.run("\(Self.command) --like start.safetensors"), 65,
      contains: "start.safetensors: is a model without 'trained.optimizer': it doesn't tell all settings of its ")
    for name in ["length", "shuffle", "engine"] {
      try expectRefused("less.safetensors", "is a model without 'trained.\(name)': it doesn't tell all") {
        $0["trained.\(name)"] = nil
      }
    }
    for (name, value) in [
      ("length", "0 epochs"), ("length", "3"), ("length", "3 weeks"), ("engine", "steam"), ("validation", "1"),
      ("batch_size", "0"), ("augment", "rotate=4"),
    ] {
      try expectRefused("odd.safetensors", "metadata 'trained.\(name)' is '\(value)'") {
        $0["trained.\(name)"] = value
      }
    }
    expectFailure(
      try shell.run("nn-train --resume c --like model.safetensors --data data.safetensors"), 64,
      contains: "--resume brings its own settings: leave out --like.")
  }
}

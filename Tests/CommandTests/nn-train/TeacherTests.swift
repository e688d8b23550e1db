import Testing

/// Learning from other networks.
struct TeacherTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(220)
    try shell.output(of: "nn-init 784 20 12 10 -o start.safetensors")
    try shell.output(of: "nn-init 784 30 10 --seed 2 | nn-train -q --data data.safetensors -o one.safetensors")
    try shell.output(of: "nn-init 784 9 10 --seed 3 | nn-train -q --data data.safetensors -o two.safetensors")
  }

  private static let train = "nn-train -q start.safetensors --data data.safetensors --batch-size 50"
  private static let options = [
    "--teacher one.safetensors", "--teacher one.safetensors --teacher two.safetensors --teacher-temperature 4",
    "--teacher two.safetensors --teacher-weight 0.5 --augment --input-dropout 0.1",
  ]

  @Test(arguments: options) func anyThreadsGiveTheSameBytes(_ options: String) throws {
    let reference = try shell.run("\(Self.train) --epochs 2 \(options) --threads 1")
    #expect(reference.status == 0, "\(reference.errors)")
    for threads in [2, 3, 8] {
      #expect(
        try shell.run("\(Self.train) --epochs 2 \(options) --threads \(threads)").outputBytes == reference.outputBytes)
    }
  }

  @Test(arguments: options) func goesOnAsIfNeverStopped(_ options: String) throws {
    try shell.output(of: "\(Self.train) \(options) --iterations 21 --checkpoint end -o whole.safetensors")
    try shell.output(of: "\(Self.train) \(options) --iterations 8 --checkpoint half -o half.safetensors")
    let teachers = options.split(separator: "--").filter { $0.hasPrefix("teacher ") }.map { "--\($0)" }.joined()
    try shell.output(
      of: "nn-train -q --resume half --data data.safetensors \(teachers) --iterations 21 -o resumed.safetensors")
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
  }

  @Test func whollyTaughtNetworksDoNotLookAtLabels() throws {
    try shell.output(
      of: "nn-init 784 40 10 | nn-train -q --data data.safetensors --teacher one.safetensors --teacher-weight 1 "
        + "--epochs 300 --learning-rate 0.003 -o student.safetensors")
    let answers = try ["one", "student"].map { name in
      try shell.output(of: "nn-predict --model \(name).safetensors --data data.safetensors | cut -f2")
    }
    let pairs = zip(answers[0].split(separator: "\n"), answers[1].split(separator: "\n"))
    #expect(pairs.count { $0 == $1 } > 210)
  }

  @Test func metadata() throws {
    let model = try shell.run("\(Self.train) --epochs 1 --teacher one.safetensors --teacher-temperature 3").outputBytes
    let metadata = try PlainSafetensors(model).metadata
    #expect(metadata["trained.teachers"]?.utf8.count == 8 && metadata["trained.teacher_temperature"] == "3.0")
    let plain = try PlainSafetensors(shell.run("\(Self.train) --epochs 1").outputBytes).metadata
    #expect(plain["trained.teachers"] == nil && plain["trained.teacher_weight"] == nil)
  }

  @Test(arguments: [
    ("--teacher-weight 0.5", 64, "--teacher-temperature and --teacher-weight need --teacher MODEL"),
    ("--teacher one.safetensors --teacher-weight 1.5", 64, "--teacher-weight takes a number of at least 0 and"),
    ("--teacher one.safetensors --teacher-temperature 0", 64, "--teacher-temperature takes a number above 0"),
    ("--teacher small.safetensors", 65, "small.safetensors: takes 16 inputs and knows the classes"),
    ("--teacher one.safetensors --teacher small.safetensors", 65, "small.safetensors: takes 16 inputs"),
    ("--teacher none.safetensors", 66, "none.safetensors"),
    ("--teacher data.safetensors", 65, "data.safetensors"),
    (
      "--teacher one.safetensors --engine textbook --optimizer sgd", 64, "the textbook engine knows no --teacher"
    ),
  ])
  func errors(_ options: String, _ status: Int32, _ message: String) throws {
    try shell.output(of: "nn-init 16 4 10 -o small.safetensors")
    let result = try shell.run("\(Self.train) \(options)")
    #expect(result.status == status && result.outputBytes.isEmpty)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test func resumingAsksForTheSameTeachers() throws {
    try shell.output(of: "\(Self.train) --teacher one.safetensors --epochs 1 --checkpoint half -o half.safetensors")
    let resume = "nn-train -q --resume half --data data.safetensors --epochs 2"
    let without = try shell.run(resume)
    #expect(without.status == 64 && without.errors.contains("was taught"), "\(without.errors)")
    let other = try shell.run("\(resume) --teacher two.safetensors")
    #expect(other.status == 64 && other.errors.contains("other models"), "\(other.errors)")
  }
}

import Testing

/// What is told of a command line before it is parsed.
struct CommandLineTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(50)
    try shell.output(of: "nn-init 784 10 -o model.safetensors")
  }

  private static let train = "nn-train model.safetensors --data data.safetensors -q --epochs 1"

  @Test(arguments: [
    ("nn-predict --model model.safetensors -dash.png", "Unknown option '-d' in '-dash.png'"),
    ("nn-predict -xh", "Unknown option '-x' in '-xh'"), ("nn-eval -xq", "Unknown option '-x'"),
    ("nn-init 784 8 10 --foo 0.1", "Unknown option '--foo'"),
    ("nn-train --verison", "Unknown option '--verison'. Did you mean '--version'?"),
    ("nn-init -V", "Unknown option '-V'. Did you mean '--version'?"),
    ("mnist-prepare --foo --help", "Unknown option '--foo'"),
    ("nn-train --optimzier sgd", "Did you mean '--optimizer'?"), ("nn-eval -data x", "Did you mean '--data'?"),
    ("nn-init 784 10 --seed -1", "The value '-1' is invalid for '--seed <n>'"),
    ("nn-init 784 10 --seed -x", "write --seed=-x"),
    ("nn-init 784 10 --seed --std 1", "Missing value for '--seed <n>'"),
    ("nn-init 784 10 -o", "Missing value for '-o <file>'"),
    ("\(train) --learning-rate -1", "--learning-rate takes a number above 0"),
    ("nn-init -q=3", "does not take any value"),
  ])
  func wrong(_ command: String, _ message: String) throws {
    let result = try shell.run(command)
    expectFailure(result, 64, contains: message)
    #expect(result.output == "")
  }

  @Test func aFileWithADash() throws {
    try shell.output(of: "cp data.images ./-dash.png")
    expectFailure(
      try shell.run("nn-predict --model model.safetensors -dash.png"), 64, contains: "write './-dash.png'")
  }

  @Test(arguments: ["-ox.st", "-o=x.st", "-qox.st", "-q -o x.st", "--output=x.st", "--output x.st", "--out x.st"])
  func spellings(_ output: String) throws {
    try shell.output(of: "nn-init 784 10 \(output)")
    #expect(try shell.read("x.st") == shell.read("model.safetensors"))
  }

  @Test(arguments: [
    (
      "--lr 0.01 --batch 10 --optimiser sgd --wd 0 --val 0.2",
      "--learning-rate 0.01 --batch-size 10 --optimizer sgd"
        + " --weight-decay 0 --validation 0.2"
    ),
    ("--learning_rate 0.01", "--learning-rate 0.01"), ("--val 20%", "--validation 0.2"),
    ("--batch_size=10 --random-state 3", "--batch-size 10 --seed 3"),
    ("--augmentation affine --rotation=5 --zoom 0.1", "--augment affine --rotate 5 --scale 0.1"),
  ])
  func synonyms(_ synonyms: String, _ options: String) throws {
    try shell.output(of: "\(Self.train) \(synonyms) -o a; \(Self.train) \(options) -o b")
    #expect(try shell.read("a") == shell.read("b"))
    #expect(try !shell.output(of: "nn-train --help; nn-train --generate-completion-script bash").contains("--lr"))
  }

  @Test(arguments: [
    "nn-init 784 10 --seed 1 --seed 1", "nn-init 784 10 -o a --output b", "\(train) --data data.safetensors",
    "\(train) --lr 0.1 --learning-rate 0.1", "nn-eval --data a --data b", "nn-predict x.png --top 1 --top=2",
    "mnist-prepare data.safetensors --take 1 --take 2", "nn-train --shuffle --no-shuffle --data data.safetensors",
  ])
  func twice(_ command: String) throws {
    let before = try shell.names
    expectFailure(try shell.run(command), 64)
    #expect(try shell.names == before)
  }

  @Test func listsMayBeGivenTwice() throws {
    try shell.output(
      of: """
        nn-predict --model model.safetensors --model model.safetensors --data data.safetensors -qq
        mnist-prepare data.safetensors --split 20:30 -o a -o b
        """)
  }

  @Test(arguments: [
    "\(train) --checkpoint x -o x", "\(train) --log x -o x", "\(train) --log x -o ./x",
    "\(train) --log x -o folder/../x",
    "\(train) --log x -o link", "\(train) --log link --checkpoint x", "\(train) --log old -o hard",
    "\(train) --log \"$PWD/old\" -o old", "\(train) --log x >x", "\(train) --plot a.svg --checkpoint ./a.svg",
    "nn-eval model.safetensors --data data.safetensors --report x -o ./x",
    "nn-eval model.safetensors --data data.safetensors --report x >x",
    "nn-predict --model model.safetensors x.png --show-stages s -o ./s",
    "mnist-prepare data.safetensors --split 20:30 -o x -o link",
    "\(train) --log data.safetensors -o x", "\(train) --log ./model.safetensors -o x",
    "\(train) --validation hard --log old -o x",
  ])
  func clashes(_ command: String) throws {
    try shell.output(of: "echo old >old; ln old hard; ln -s x link; mkdir folder")
    let before = try shell.names
    expectFailure(try shell.run(command), 64)
    #expect(try shell.names.filter { $0 != "x" } == before)
    #expect(try shell.read("old") == Array("old\n".utf8))
  }

  @Test func noClashes() throws {
    try shell.output(
      of: """
        \(Self.train) --log /dev/null -o /dev/null --checkpoint c
        \(Self.train) --resume c --checkpoint c -o c2 2>/dev/null || nn-train --data data.safetensors -q --resume c \
          --checkpoint c --epochs 2 -o c2
        nn-eval c2 --data data.safetensors -o data.safetensors
        """)
  }

  @Test func aPictureForAModelAndAModelForAPicture() throws {
    try shell.output(of: "mnist-prepare -q data.safetensors --take 1 --to png -o p; mv p/*/*.png a.png")
    expectFailure(try shell.run("nn-predict --model a.png a.png"), 65, contains: "a.png: that is a picture")
    expectFailure(
      try shell.run("nn-predict --model model.safetensors model.safetensors"), 65,
      contains: "model.safetensors: is a model or a data file, not a picture")
  }

  @Test func aListOfLines() throws {
    expectFailure(
      try shell.run("printf 'a.png\\nb.png\\n' | nn-predict --model model.safetensors -0"), 65,
      contains: "standard input: name 1 holds line feeds")
  }
}

import Testing

/// Command lines that are wrong, and those that only ask.
struct UsageTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(50)
    try shell.output(of: "nn-init 784 10 -o model.safetensors")
  }

  private static let tools = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"]
  private static let train = "nn-train model.safetensors --data data.safetensors"

  @Test(arguments: tools)
  func helpAndVersion(_ tool: String) throws {
    let help = try shell.run("\(tool) --help")
    #expect(help.status == 0 && help.errors == "")
    for text in ["USAGE: \(tool) ", "--quiet", "--output", "--help", "--version"] {
      #expect(help.output.contains(text))
    }
    #expect(try shell.output(of: "\(tool) -h") == help.output)
    let version = try shell.run("\(tool) --version")
    #expect(version.status == 0 && version.errors == "")
    #expect(version.output.split(separator: ".").count == 3 && version.output.hasSuffix("\n"))
  }

  @Test(arguments: tools)
  func unknownOption(_ tool: String) throws {
    for option in ["--no-such-option", "-x", "--output"] {
      expectFailure(try shell.run("\(tool) \(option)"), 64, contains: "\(tool): ", "(see '\(tool) --help')")
    }
  }

  @Test(arguments: [
    "mnist-prepare data.safetensors", "nn-init 784 10", train, "nn-eval model.safetensors --data data.safetensors",
    "nn-predict --model model.safetensors x.png",
  ])
  func outputWithoutAName(_ command: String) throws {
    expectFailure(try shell.run("\(command) -o ''"), 64, contains: "-o takes the name of a file")
  }

  @Test(arguments: [
    ("mnist-prepare", "input"), ("nn-init", "size"), ("nn-train model.safetensors", "--data"),
    ("nn-eval model.safetensors", "--data"), ("nn-predict --model model.safetensors", "Name pictures"),
    ("nn-train one two --data data.safetensors", "two"), ("nn-init 784", "At least two sizes"),
  ])
  func operands(_ command: String, _ message: String) throws {
    expectFailure(try shell.run(command), 64, contains: message)
  }

  @Test(arguments: [
    "nn-init 784 0", "nn-init 784 -- -1", "nn-init 784 x", "nn-init 784 1.5", "nn-init 784 70000",
    "nn-init 4000000000 4000000000 2",
    "nn-init 9223372036854775807 9223372036854775807", "nn-init 99999999999999999999 2", "nn-init 784 10 --std 0.1",
    "nn-init 784 10 --init normal --std 0", "nn-init 784 10 --init normal --std nan", "nn-init 784 10 --init lecun",
    "nn-init 784 10 --activation softmax", "nn-init 784 10 --activation swish", "nn-init 784 10 --seed -1",
    "nn-init 784 10 --seed 4294967296", "nn-init 784 10 --seed x",
    "mnist-prepare data.images --from webp", "mnist-prepare data.images --to gif",
    "mnist-prepare data.images --part dev",
    "mnist-prepare data.images --scale 0", "mnist-prepare data.images --scale 1/0",
    "mnist-prepare data.images --scale 0.5",
    "mnist-prepare data.images --scale 1/2/3", "mnist-prepare data.images --skip -1",
    "mnist-prepare data.images --take 0",
    "mnist-prepare data.images --shape 28", "mnist-prepare data.images --resize 0x3",
    "mnist-prepare data.images --balance 0",
    "mnist-prepare data.images --split 5", "mnist-prepare data.images --split 5:-1 -o a -o b",
    "mnist-prepare data.images --split 5:5 -o a", "mnist-prepare data.images -o a -o b",
    "mnist-prepare data.images --split 5:5 -o a -o a", "mnist-prepare data.images --json",
    "mnist-prepare data.images --against data.labels", "mnist-prepare data.images --describe --to csv",
    "mnist-prepare data.images --columns 0", "mnist-prepare data.images --max-ratio 0",
    "mnist-prepare data.images --labels-key y", "mnist-prepare data.images --to png",
    "mnist-prepare data.images data.labels --to idx", "mnist-prepare data.images -o a.npz.gz",
    "mnist-prepare data.images --take x", "mnist-prepare data.images --seed 1e3",
    "\(train) --epochs 0", "\(train) --epochs 1 --iterations 1", "\(train) --iterations 0", "\(train) --batch-size 0",
    "\(train) --batch-size some", "\(train) --learning-rate 0", "\(train) --learning-rate=-1",
    "\(train) --learning-rate inf",
    "\(train) --learning-rate nan", "\(train) --learning-rate 1,5", "\(train) --optimizer rmsprop",
    "\(train) --momentum 0.9",
    "\(train) --optimizer momentum --momentum 1", "\(train) --optimizer sgd --beta1 0.9", "\(train) --beta2 1",
    "\(train) --epsilon 0", "\(train) --weight-decay=-1", "\(train) --validation 0", "\(train) --validation 1",
    "\(train) --validation 1.5", "\(train) --threads 0", "\(train) --threads 9999", "\(train) --engine gpu",
    "\(train) --log-every 5", "\(train) --log log --log-every 0", "\(train) --engine textbook --optimizer adam",
    "\(train) --engine textbook --weight-decay 0.1", "\(train) --resume model.safetensors",
    "nn-eval model.safetensors --data data.safetensors --json --errors",
    "nn-eval model.safetensors --data data.safetensors --confusion --errors",
    "nn-eval --data data.safetensors --threads x",
    "nn-eval model.safetensors --data data.safetensors --calibrate --json",
    "nn-eval model.safetensors model.safetensors --data data.safetensors --calibrate",
    "nn-predict --model model.safetensors --data data.safetensors digit.png",
    "nn-predict --model model.safetensors --data data.safetensors --raw",
    "nn-predict --model model.safetensors --data data.safetensors --top 0",
    "nn-predict --model model.safetensors --data data.safetensors --show --json",
    "nn-predict --model model.safetensors --data data.safetensors --min-probability 1.5",
    "nn-predict --model model.safetensors --data data.safetensors --min-probability nan",
    "nn-predict --model model.safetensors --data data.safetensors --graphics sixel",
    "nn-predict --model model.safetensors --data data.safetensors --show --graphics vga",
    "nn-predict --model model.safetensors --data data.safetensors --show-stages stages",
    "nn-predict --model model.safetensors digit.png --raw --show-stages stages",
    "nn-predict --model model.safetensors digit.png --max-pixels 0",
    "nn-predict --model model.safetensors digit.png -0",
    "nn-predict --model model.safetensors --files0-from list -0",
    "nn-predict --model model.safetensors --data data.safetensors -0",
  ])
  func badValues(_ command: String) throws {
    let before = try shell.names
    let result = try shell.run(command)
    expectFailure(result, 64)
    #expect(result.output == "")
    #expect(try shell.names == before)
  }

  @Test(arguments: ["tanh", "leaky-relu", "gelu"])
  func textbookKnowsReLUAndSigmoid(_ activation: String) throws {
    expectFailure(
      try shell.run(
        "nn-init 784 8 10 --activation \(activation) | nn-train --engine textbook --data data.safetensors"), 64,
      contains: "the textbook engine knows relu or sigmoid")
  }

  @Test func manyClassesAreTooManyWeights() throws {
    expectFailure(try shell.run("nn-init 70000 70000 2"), 64, contains: "weights")
  }
}

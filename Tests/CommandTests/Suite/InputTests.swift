import Testing

/// Files that aren't there or aren't files.
struct InputTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(50)
    try shell.output(of: "nn-init 784 10 -o model.safetensors; mkdir folder")
  }

  private static let commands = [
    "mnist-prepare WHERE", "mnist-prepare data.images WHERE", "mnist-prepare data.images --labels WHERE",
    "nn-train WHERE --data data.safetensors", "nn-train model.safetensors --data WHERE",
    "nn-train model.safetensors --data data.safetensors --validation WHERE",
    "nn-train --resume WHERE --data data.safetensors",
    "nn-eval WHERE --data data.safetensors", "nn-eval model.safetensors WHERE --data data.safetensors",
    "nn-eval model.safetensors --data WHERE", "nn-predict --model WHERE digit.png",
    "nn-predict --model model.safetensors WHERE",
    "nn-predict --model model.safetensors --data WHERE",
  ]

  @Test(arguments: commands)
  func missing(_ command: String) throws {
    let before = try shell.names
    let script = command.replacing("WHERE", with: "no/such.file")
    expectFailure(try shell.run("\(script) -o result"), 66, contains: "no/such.file: No such file or directory")
    #expect(try shell.names == before)
  }

  /// Where a folder has a meaning of its own, it is a folder of the wrong content.
  @Test(
    arguments: commands.filter {
      !$0.hasPrefix("mnist-prepare WHERE") && $0 != "mnist-prepare data.images WHERE"
        && $0 != "nn-predict --model model.safetensors WHERE"
    })
  func folder(_ command: String) throws {
    let script = command.replacing("WHERE", with: "folder")
    expectFailure(try shell.run("\(script) -o result"), 66, contains: "folder: Is a directory")
    let standardInput = command.replacing("WHERE", with: "-")
    expectFailure(try shell.run("\(standardInput) -o result <folder"), 66, contains: "standard input: Is a directory")
  }

  @Test func emptyFolders() throws {
    for command in ["mnist-prepare folder", "mnist-prepare folder --part train"] {
      expectFailure(try shell.run(command), 65, contains: "folder: holds neither MNIST's files nor PNG or JPEG files")
    }
    expectFailure(
      try shell.run("nn-predict --model model.safetensors folder"), 65, contains: "folder: holds no PNG or JPEG files")
  }

  @Test(arguments: commands)
  func empty(_ command: String) throws {
    try shell.write([], to: "empty.png")
    let script = command.replacing("WHERE", with: "empty.png")
    expectFailure(try shell.run("\(script) -o result"), 65, contains: "empty.png: is empty")
  }
}

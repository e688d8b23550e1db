import Foundation
import Testing

/// Output that can't be written, and files that must survive it.
struct OutputTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(60)
    try shell.output(
      of: """
        nn-init 784 8 10 -o model.safetensors
        mnist-prepare -q data.images data.labels --take 1 --to png -o pictures && mv pictures/*/0.png digit.png
        rm -r pictures
        """)
  }

  private static let commands = [
    "nn-init 784 128 10", "nn-train -q model.safetensors --data data.safetensors --epochs 1",
    "mnist-prepare -q data.images data.labels", "nn-eval model.safetensors --data data.safetensors",
    "nn-eval --json model.safetensors --data data.safetensors", "nn-predict --model model.safetensors digit.png",
    "nn-predict --model model.safetensors --data data.safetensors",
  ]
  private static let words = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"].flatMap {
    ["\($0) --help", "\($0) --version"]
  }
  private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

  @Test(.enabled(if: hasFullDevice, "needs /dev/full"), arguments: commands + words)
  func fullDisk(_ command: String) throws {
    expectFailure(try shell.run("\(command) >/dev/full"), 74, contains: "standard output: No space left on device")
  }

  @Test(.enabled(if: hasFullDevice, "needs /dev/full"), arguments: commands)
  func fullDiskAsFile(_ command: String) throws {
    let before = try shell.names
    expectFailure(try shell.run("\(command) -o /dev/full"), 74, contains: "/dev/full: No space left on device")
    expectFailure(
      try shell.run("ln -s /dev/full full; \(command) -o full"), 74, contains: "full: No space left on device")
    #expect(try shell.names == (before + ["full"]).sorted())
  }

  @Test(.enabled(if: hasFullDevice, "needs /dev/full"))
  func fullDiskForTheLog() throws {
    let command = "nn-train -q model.safetensors --data data.safetensors"
    let (before, old) = (try shell.names, try shell.read("model.safetensors"))
    expectFailure(
      try shell.run("\(command) -o model.safetensors --log /dev/full"), 74,
      contains: "/dev/full: No space left on device")
    expectFailure(
      try shell.run("\(command) -o model.safetensors --log - >/dev/full"), 74,
      contains: "standard output: No space left on device")
    expectFailure(
      try shell.run("\(command) -o model.safetensors --checkpoint /dev/full"), 74,
      contains: "/dev/full: No space left on device")
    #expect(try shell.names == before)
    #expect(try shell.read("model.safetensors") == old)
  }

  @Test(arguments: commands + words)
  func closedOutput(_ command: String) throws {
    expectFailure(try shell.run("\(command) >&-"), 74, contains: "standard output: ")
  }

  @Test(arguments: commands)
  func closedStreamsThatAreNotNeeded(_ command: String) throws {
    let expected = try shell.run(command).outputBytes
    try shell.output(of: "\(command) -o result <&- >&- 2>&-")
    #expect(try shell.read("result") == expected)
  }

  @Test func closedInput() throws {
    for command in ["nn-eval --data data.safetensors", "nn-train --data data.safetensors", "mnist-prepare - -o new"] {
      expectFailure(try shell.run("\(command) <&-"), 74, contains: "standard input: ")
    }
  }

  /// The tool comes late, so that there is nobody left to read it.
  @Test(arguments: commands + words)
  func closedPipe(_ command: String) throws {
    let before = try shell.names
    let result = try shell.run("{ sleep 0.3; \(command); echo $? >status; } | true")
    #expect(result.errors == "")
    #expect(String(decoding: try shell.read("status"), as: UTF8.self) == "\(128 + SIGPIPE)\n")
    #expect(try shell.names == (before + ["status"]).sorted())
  }

  @Test func pipeClosedMidway() throws {
    let result = try shell.run("{ nn-init 784 512 10; echo $? >status; } | head -c 1000 | wc -c")
    #expect(result.errors == "" && result.output.trimmingCharacters(in: .whitespacesAndNewlines) == "1000")
    #expect(String(decoding: try shell.read("status"), as: UTF8.self) == "\(128 + SIGPIPE)\n")
  }

  @Test func closedPipeForTheLog() throws {
    let (before, old) = (try shell.names, try shell.read("model.safetensors"))
    let result = try shell.run(
      """
      { sleep 0.3; nn-train model.safetensors --data data.safetensors --log - -o model.safetensors; echo $? >status; } |
        true
      """
    )
    #expect(result.errors == "")
    #expect(String(decoding: try shell.read("status"), as: UTF8.self) == "\(128 + SIGPIPE)\n")
    #expect(try shell.names == (before + ["status"]).sorted())
    #expect(try shell.read("model.safetensors") == old)
  }

  @Test(arguments: commands)
  func noPlaceForTheFile(_ command: String) throws {
    try shell.run("mkdir folder; touch file")
    let before = try shell.names
    expectFailure(
      try shell.run("\(command) -o missing/result"), 73, contains: "missing/result: No such file or directory")
    expectFailure(try shell.run("\(command) -o folder"), 73, contains: "folder: Is a directory")
    expectFailure(try shell.run("\(command) -o file/result"), 73, contains: "file/result: Not a directory")
    #expect(try shell.names == before)
  }

  @Test func noPlaceForTheRecords() throws {
    let before = try shell.names
    for option in ["--log", "--checkpoint"] {
      let command = "nn-train model.safetensors --data data.safetensors -o new \(option)"
      expectFailure(try shell.run("\(command) missing/file"), 73, contains: "missing/file: No such file or directory")
      expectFailure(try shell.run("\(command) ."), 73, contains: ".: Is a directory")
    }
    #expect(try shell.names == before)
  }

  @Test(arguments: [
    "nn-train model.safetensors --data data.safetensors --optimizer sgd --learning-rate 1e30",
    "nn-train model.safetensors --data data.images", "nn-train missing --data data.safetensors",
    "nn-eval data.safetensors --data data.safetensors", "nn-predict --model data.safetensors digit.png",
    "mnist-prepare data.images missing", "mnist-prepare data.images data.labels model.safetensors",
    "mnist-prepare data.images data.labels --skip 60", "nn-init 784 0", "nn-eval model.safetensors --data data.images",
  ])
  func failureLeavesTheOldFile(_ command: String) throws {
    try shell.write(Array("old".utf8), to: "result")
    let before = try shell.names
    #expect(try shell.run("\(command) -o result").status != 0)
    #expect(try shell.read("result") == Array("old".utf8))
    #expect(try shell.names == before)
  }

  @Test(arguments: commands)
  func aLinkStaysOne(_ command: String) throws {
    let expected = try shell.run(command).outputBytes
    try shell.run("mkdir folder; echo old >folder/real; ln -s folder/real link; ln -s folder/new dangling")
    for (link, target) in [("link", "folder/real"), ("dangling", "folder/new")] {
      try shell.output(of: "\(command) -o \(link)")
      #expect(try shell.output(of: "readlink \(link)") == "\(target)\n")
      #expect(try shell.read(target) == expected)
    }
    #expect(try shell.output(of: "ls -A folder") == "new\nreal\n")
  }

  @Test func permissions() throws {
    let mode = "ls -l result | cut -c 1-10"
    #expect(try shell.output(of: "umask 027; nn-init 9 2 -o result; \(mode)") == "-rw-r-----\n")
    for (bits, text) in [("600", "-rw-------"), ("664", "-rw-rw-r--"), ("755", "-rwxr-xr-x")] {
      #expect(try shell.output(of: "chmod \(bits) result; umask 077; nn-init 9 2 -o result; \(mode)") == "\(text)\n")
    }
  }

  @Test func aFileMayBeReadAndReplaced() throws {
    let expected = try shell.run("nn-train -q model.safetensors --data data.safetensors").outputBytes
    try shell.output(of: "nn-train -q model.safetensors --data data.safetensors -o model.safetensors")
    #expect(try shell.read("model.safetensors") == expected)
    let data = try shell.run("mnist-prepare -q data.safetensors --skip 7").outputBytes
    try shell.output(of: "mnist-prepare -q data.safetensors --skip 7 -o data.safetensors")
    #expect(try shell.read("data.safetensors") == data)
  }

  @Test func pipesAndDevicesAreWrittenTo() throws {
    try shell.output(of: "nn-init 784 8 10 -o /dev/null && test -c /dev/null")
    let output = try shell.output(
      of: "mkfifo pipe; nn-init 784 8 10 -o pipe & nn-eval --data data.safetensors <pipe; wait; test -p pipe")
    #expect(output.hasPrefix("examples\t60\n"))
    #expect(try shell.output(of: "nn-init 784 8 10 -o /dev/stdout | nn-eval --data data.safetensors") == output)
  }

  @Test func oddNames() throws {
    try shell.output(of: "mkdir 'a folder'; nn-init 784 10 -o 'a folder/ä ö.safetensors'")
    try shell.output(of: "nn-eval 'a folder/ä ö.safetensors' --data data.safetensors -o './- x'")
    for letter in ["n", "ä", "語"] {
      let long = String(repeating: letter, count: 255 / letter.utf8.count)
      try shell.output(of: "nn-init 9 2 -o \(long)")
      #expect(try shell.names.contains(long))
      expectFailure(try shell.run("nn-init 9 2 -o \(long)\(letter)"), 73, contains: "File name too long")
    }
  }
}

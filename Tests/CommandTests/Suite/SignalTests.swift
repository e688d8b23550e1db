import Foundation
import Testing

/// What a tool leaves behind when it is told to go.
struct SignalTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(1500)
    try shell.output(of: "nn-init 784 16 10 -o start.safetensors")
  }

  private static let training = "nn-train start.safetensors --data data.safetensors --batch-size 5"
  /// It takes forever, and 300 steps an epoch.
  private static let endless =
    "exec \(training) --iterations 1000000000 --log log.tsv --log-every 1"

  private func wait(until isSo: () throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation) throws {
    for _ in 0..<6000 {
      if try isSo() { return }
      Thread.sleep(forTimeInterval: 0.01)
    }
    Issue.record("it didn't come to that within a minute", sourceLocation: sourceLocation)
  }

  private var loggedLines: Int {
    get throws { try shell.names.contains("log.tsv") ? shell.read("log.tsv").count { $0 == UInt8(ascii: "\n") } : 0 }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func leavesNoTemporaryFiles(_ signal: Int32) throws {
    try shell.write(Array("old".utf8), to: "kept")
    let before = try shell.names
    let training = try shell.start("\(Self.endless) -q -o kept")
    try wait { try loggedLines > 10 }
    #expect(try shell.names.count == before.count + 2)
    training.send(signal)
    let result = try training.wait()
    #expect(result.status == 128 + signal)
    #expect(result.errors == "")
    #expect(try shell.names == (before + ["log.tsv"]).sorted())
    #expect(try shell.read("kept") == Array("old".utf8))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func savesACheckpointFirst(_ signal: Int32) throws {
    let training = try shell.start("\(Self.endless) -o new.safetensors --checkpoint checkpoint")
    try wait { try loggedLines > 10 }
    training.send(signal)
    let result = try training.wait()
    #expect(result.status == 128 + signal)
    let lines = result.errors.split(separator: "\n")
    let last = try #require(lines.last)
    #expect(last.hasPrefix("stopped after step ") && last.hasSuffix(": go on with --resume checkpoint"))
    let step = try #require(last.split { !$0.isNumber }.first.flatMap { Int($0) })
    #expect(
      try shell.names == [
        "checkpoint", "data.images", "data.labels", "data.safetensors", "log.tsv", "start.safetensors",
      ])
    #expect(try loggedLines == step + 1)

    try shell.output(
      of: """
        nn-train -q --resume checkpoint --data data.safetensors --iterations \(step + 40) -o resumed.safetensors
        \(Self.training) -q --iterations \(step + 40) -o whole.safetensors
        """)
    #expect(try shell.read("resumed.safetensors") == shell.read("whole.safetensors"))
  }

  @Test func aSecondSignalOnTheWayIsNoHarm() throws {
    let training = try shell.start("\(Self.endless) -o new.safetensors --checkpoint checkpoint")
    try wait { try loggedLines > 10 }
    training.send(SIGTERM)
    training.send(SIGINT)
    #expect([SIGTERM, SIGINT].contains(try training.wait().status - 128))
    #expect(try !shell.names.contains { $0.hasPrefix(".") || $0 == "new.safetensors" })
  }

  /// GNU timeout signals the process, and then its group. Saving takes long enough here for both to come before its
  /// end.
  @Test func anEchoDoesNotKeepFromSaving() throws {
    try shell.output(of: "nn-init 784 512 10 -o wide.safetensors")
    let training = try shell.start(
      "exec nn-train wide.safetensors --data data.safetensors --iterations 1000000 --batch-size full"
        + " --log log.tsv --log-every 1 --checkpoint checkpoint -o new.safetensors")
    try wait { try loggedLines > 1 }
    training.send(SIGTERM)
    Thread.sleep(forTimeInterval: 0.005)
    training.send(SIGTERM)
    let result = try training.wait()
    #expect(result.status == 128 + SIGTERM)
    #expect(result.errors.contains("go on with --resume checkpoint"))
    #expect(try shell.names.contains("checkpoint"))
  }

  @Test("timeout leaves a checkpoint", .enabled(if: Shell.has("timeout"))) func timeout() throws {
    for _ in 1...4 {
      let result = try shell.run(
        "timeout 2 \(Self.training) --iterations 1000000000 --checkpoint checkpoint -o new.safetensors")
      #expect(result.status == 124)
      #expect(try shell.names.contains("checkpoint"))
      try shell.output(of: "rm -f checkpoint")
    }
  }

  /// As nohup and shells without job control want it.
  @Test func ignoredSignalsStayIgnored() throws {
    let training = try shell.start("trap '' INT HUP; \(Self.endless) -o new.safetensors")
    try wait { try loggedLines > 10 }
    training.send(SIGINT)
    training.send(SIGHUP)
    let lines = try loggedLines
    try wait { try loggedLines > lines + 10 }
    training.send(SIGTERM)
    #expect(try training.wait().status == 128 + SIGTERM)
  }

  @Test func whileWaitingForInput() throws {
    try shell.output(of: "mkfifo pipe")
    let before = try shell.names
    let preparing = try shell.start("exec mnist-prepare pipe -o new.safetensors")
    try wait { try shell.names.count > before.count }
    preparing.send(SIGTERM)
    #expect(try preparing.wait().status == 128 + SIGTERM)
    #expect(try shell.names == before)
  }

  @Test func amongThousandsOfPictures() throws {
    let before = try shell.names
    // So many that the signal comes in time however long this thread has to wait for a processor.
    let inputs = Array(repeating: "data.safetensors", count: 40).joined(separator: " ")
    let preparing = try shell.start("exec mnist-prepare \(inputs) --to png -o pictures")
    try wait { try shell.names.count > before.count }
    preparing.send(SIGINT)
    #expect(try preparing.wait().status == 128 + SIGINT)
    #expect(try shell.names == before)
  }
}

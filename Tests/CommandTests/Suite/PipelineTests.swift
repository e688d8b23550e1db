import Foundation
import Testing

/// The tools joined by pipes, and what becomes of the next when one fails.
struct PipelineTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(600, seed: 1, name: "train")
    try shell.makeDigits(200, seed: 2, name: "test")
  }

  @Test func trainsAndEvaluatesWithNothingOnDiskButData() throws {
    let before = try shell.names
    let output = try shell.output(
      of: """
        nn-init 784 32 10 --seed 1 | nn-train --data train.safetensors --epochs 8 --batch-size 16 |
          nn-eval --data test.safetensors
        """)
    #expect(table(output).prefix(3).map { $0[0] } == ["examples", "accuracy", "loss"])
    #expect(values(output)["examples"] == 200)
    #expect(try #require(values(output)["accuracy"]) > 0.8)
    #expect(try shell.names == before)
  }

  @Test func teeKeepsWhatFilesWouldHold() throws {
    let piped = try shell.output(
      of: """
        nn-init 784 16 10 --seed 1 | nn-train -q --data train.safetensors --epochs 2 | tee kept.safetensors |
          nn-eval --data test.safetensors
        """)
    let filed = try shell.output(
      of: """
        nn-init 784 16 10 --seed 1 -o start.safetensors &&
          nn-train -q start.safetensors --data train.safetensors --epochs 2 -o trained.safetensors &&
          nn-eval trained.safetensors --data test.safetensors
        """)
    #expect(piped == filed)
    #expect(try shell.read("kept.safetensors") == shell.read("trained.safetensors"))
  }

  @Test(arguments: ["TERM", "INT", "HUP", "KILL"])
  func killedStageFailsTheNext(_ signal: String) throws {
    let trainer = try shell.run("(sh -c 'kill -\(signal) $$'; true) 2>/dev/null | nn-train --data train.safetensors")
    expectFailure(trainer, 65, contains: "nn-train: standard input: ", "empty", "did the command before it fail?")
    let evaluator = try shell.run(
      """
      (until [ -s pid ]; do sleep 0.02; done; sleep 0.1; kill -\(signal) "$(cat pid)") &
      (
        nn-init 784 16 10 |
          sh -c 'echo $$ >pid; exec nn-train -q --data train.safetensors --iterations 1000000000'
      ) 2>/dev/null | nn-eval --data test.safetensors
      """)
    expectFailure(evaluator, 65, contains: "nn-eval: standard input: ", "empty", "did the command before it fail?")
  }

  @Test(arguments: [
    "nn-init 784",
    "nn-train --data missing.safetensors",
    "nn-init 784 10 | nn-train --data train.images",
    "nn-init 100 10 | nn-train --data train.safetensors",
    "nn-init 784 16 10 | nn-train --data train.safetensors --learning-rate 1e30 --optimizer sgd",
  ])
  func failedStageFailsTheNext(_ stage: String) throws {
    let before = try shell.names
    expectFailure(
      try shell.run("(\(stage)) 2>/dev/null | nn-eval --data test.safetensors"), 65,
      contains: "nn-eval: standard input: is empty")
    #expect(try shell.names == before)
  }

  @Test func halfAModelIsNone() throws {
    for bytes in [5, 8, 100, 1000, 30000] {
      expectFailure(
        try shell.run("nn-init 784 16 10 | head -c \(bytes) | nn-train --data train.safetensors"), 65,
        contains: "nn-train: standard input: ")
    }
    expectFailure(
      try shell.run("(nn-init 784 16 10; echo) | nn-eval --data test.safetensors"), 65,
      contains: "bytes follow the last tensor")
  }
}

import Foundation
import Testing

/// Digits that mnist-prepare draws.
struct SyntheticTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
  }

  private func accuracy(_ command: String) throws -> Double {
    let lines = try shell.output(of: command).split(separator: "\n")
    return try #require(lines.first { $0.hasPrefix("accuracy\t") }.flatMap { Double($0.dropFirst(9)) })
  }

  @Test func goesTheWayOfOtherData() throws {
    try shell.output(of: "mnist-prepare -q --synthetic 500 --seed 3 -o all.safetensors")
    try shell.output(of: "mnist-prepare -q --synthetic 500 --seed 3 --skip 100 --take 20 -o some.safetensors")
    let (all, some) = (
      try PlainSafetensors(shell.read("all.safetensors")), try PlainSafetensors(shell.read("some.safetensors"))
    )
    #expect(some.tensors["images"]?.bytes == all.tensors["images"].map { Array($0.bytes[100 * 784..<120 * 784]) })
    #expect(all.metadata["source"] == "synthetic by 3" && some.metadata["source"] == "synthetic by 3 [100..<120]")
    let told = try shell.run("mnist-prepare --synthetic 500 --seed 3 --threads 1 | cmp - all.safetensors")
    #expect(told.status == 0 && told.errors == "500 examples of 28 x 28 pixels in 10 classes\n")
  }

  @Test(arguments: [
    "--synthetic 0", "--synthetic x", "--synthetic 5 input", "--synthetic 5 --labels labels", "", "--describe",
  ])
  func badValues(_ arguments: String) throws {
    expectFailure(try shell.run("mnist-prepare \(arguments)"), 64)
  }

  /// At a third of the size: what is asked of 60,000 is 0.9 and 0.95.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["MNIST_DIR"] != nil))
  func judgedByRealDigits() throws {
    try shell.output(
      of: """
        mnist-prepare -q --synthetic 20000 --seed 5 -o synthetic.safetensors
        mnist-prepare -q "$MNIST_DIR" --part train -o train.safetensors
        mnist-prepare -q "$MNIST_DIR" --part test -o test.safetensors
        nn-init 784 256 10 | nn-train -q --data synthetic.safetensors --epochs 8 --schedule linear -o drawn.safetensors
        nn-init 784 128 10 | nn-train -q --data train.safetensors --epochs 3 --learning-rate 0.003 --schedule linear -o real.safetensors
        """)
    #expect(try accuracy("nn-eval --data test.safetensors drawn.safetensors") > 0.92)
    #expect(try accuracy("nn-eval --data synthetic.safetensors real.safetensors") > 0.94)
  }
}

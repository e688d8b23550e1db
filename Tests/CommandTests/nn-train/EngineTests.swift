import Foundation
import Testing

/// The fast engine on other processors and with other instruction sets, as users would meet them.
@Suite struct EngineTests {
  /// The set that `NN_ISA` names, unless this processor lacks it.
  private static let sets = ["baseline", "avx2", "avx512"].filter { set in
    let result = try? Shell().run("nn-init 2 2", environment: ["NN_ISA": set])
    return result?.status == 0
  }

  private static func prepare(_ shell: Shell) throws {
    let (images, labels) = Samples.digits(400, seed: 1)
    try shell.write(images, to: "images")
    try shell.write(labels, to: "labels")
    try shell.output(of: "mnist-prepare images labels -q -o data; nn-init 784 70 20 10 > start")
  }

  @Test func everySetGivesTheSameBytesForAnyThreadsAndNearlyTheSameLossAsTheOthers() throws {
    let shell = try Shell()
    try Self.prepare(shell)
    var losses: [Double] = []
    for set in Self.sets {
      let environment = ["NN_ISA": set]
      let train = "nn-train start --data data --epochs 3 --batch-size 150 -q --log log"
      let reference = try shell.run(train, environment: environment).outputBytes
      for threads in [1, 2, 3, 8] {
        #expect(try shell.run("\(train) --threads \(threads)", environment: environment).outputBytes == reference)
      }
      let last = try #require(String(decoding: shell.read("log"), as: UTF8.self).split(separator: "\n").last)
      losses.append(try #require(Double(last.split(separator: "\t", omittingEmptySubsequences: false)[2])))
    }
    for loss in losses { #expect(abs(loss / losses[0] - 1) < 1e-4) }
  }

  /// More workers than there is work for, and pairs of inputs of which the last has but one.
  @Test(arguments: ["25 10", "25 7 10", "25 1 33 10"])
  func anOddNumberOfInputsIsSharedOutToAnyThreads(_ sizes: String) throws {
    let shell = try Shell()
    var bits: UInt32 = 1
    let pixels = (0..<60 * 25).map { _ in
      bits = bits &* 1_664_525 &+ 1_013_904_223
      return bits >> 28 < 4 ? UInt8(bits >> 16 & 0xff) : 0
    }
    try shell.write(Samples.idx(8, [60, 5, 5], pixels), to: "images")
    try shell.write(Samples.idx(8, [60], (0..<60).map { UInt8($0 % 10) }), to: "labels")
    try shell.output(of: "mnist-prepare images labels -q -o data; nn-init \(sizes) > start")
    let train = "nn-train start --data data --epochs 2 --batch-size 17 -q"
    let reference = try shell.run("\(train) --threads 1")
    #expect(reference.status == 0)
    for threads in [2, 3, 8, 40] {
      #expect(try shell.run("\(train) --threads \(threads)").outputBytes == reference.outputBytes)
    }
  }

  @Test func aSetThatIsNotThereIsRefused() throws {
    let shell = try Shell()
    expectFailure(
      try shell.run("nn-init 2 2", environment: ["NN_ISA": "mmx"]), 69, contains: "NN_ISA", "mmx", "baseline")
  }

  @Test(.enabled(if: Shell.has("qemu-x86_64")), arguments: ["Nehalem", "Haswell"])
  func runsOnOlderProcessors(_ processor: String) throws {
    let shell = try Shell()
    try Self.prepare(shell)
    let qemu = "q() { tool=$(command -v \"$1\"); shift; qemu-x86_64 -cpu \(processor) \"$tool\" \"$@\"; }"
    // What qemu says of features it can't emulate is no complaint of ours.
    let script = """
      \(qemu); set -e
      q mnist-prepare images labels -o again 2>/dev/null; cmp again data
      q nn-init 784 70 20 10 2>/dev/null > new; cmp new start
      q nn-train start --data data --epochs 1 --threads 2 -o model 2>/dev/null
      q nn-eval model --data data 2>/dev/null
      q mnist-prepare images labels --take 3 --to png -o pictures 2>/dev/null
      q nn-predict --model model pictures 2>/dev/null
      """
    let result = try shell.run(script)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("examples\t400\n"))
    #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("pictures/") }.count == 3)
  }

  @Test(.enabled(if: Shell.has("qemu-x86_64")))
  func anOlderProcessorHasNoWiderSet() throws {
    let shell = try Shell()
    let result = try shell.run(
      "qemu-x86_64 -cpu Nehalem \"$(command -v nn-init)\" 2 2", environment: ["NN_ISA": "avx2"])
    #expect(result.status == 69)
  }
}

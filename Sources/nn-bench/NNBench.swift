import ArgumentParser
import NNCommand
import NNCore
import NNKernelDispatch

/// Measures the kernels by themselves on one core. Not installed: it is for whoever works on them, and for
/// `scripts/bench`.
@main
struct NNBench: Tool {
  static let configuration = CommandConfiguration(
    commandName: "nn-bench",
    abstract: "Measure the kernels as shares of the processor's multiply-add peak, on one core.",
    discussion: "Prints \"set<TAB>kernel<TAB>case<TAB>GFLOP/s<TAB>share of peak\" a line: medians of several runs.",
    version: toolVersion)

  @Option(help: ArgumentHelp("Runs of each case.", valueName: "n"))
  var repetitions = 7

  @Flag(help: "The peaks only.")
  var peak = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard repetitions > 0 else { throw ValidationError("--repetitions takes a number of at least 1.") }
  }

  func execute() throws {
    let output = try Output(common.output)
    for instructionSet in InstructionSet.allCases {
      guard let kernels = instructionSet.kernels else { continue }
      let set = instructionSet.rawValue
      let stopwatch = Stopwatch(repetitions: repetitions)
      let rounds = 20_000_000
      let peak = stopwatch.rate(work: Double(rounds) * KernelCases.peakWork(kernels)) {
        _ = kernels.multiplyAddPeak(rounds: rounds)
      }
      try output.write(line: "\(set)\tpeak\tregisters\t\((peak / 1e9).fixed(1))\t1.000")
      try output.flush()
      for item in self.peak ? [] : KernelCases.all {
        let rate = item.run(kernels, stopwatch)
        try output.write(
          line: "\(set)\t\(item.kernel)\t\(item.name)\t\((rate / 1e9).fixed(1))\t\((rate / peak).fixed(3))")
        try output.flush()
      }
    }
    try output.commit()
  }
}

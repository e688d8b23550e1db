import ArgumentParser
import NNCommand
import NNCore
import NNKernelDispatch

/// Times a piece of work.
struct Stopwatch {
  let repetitions: Int

  /// `work` over the median time that `body` takes, each run long enough to be told from the clock's step.
  func rate(work: Double, _ body: () -> Void) -> Double {
    body()
    var calls = 1
    while time(calls, body) < 0.02 { calls *= 2 }
    let times = (0..<repetitions).map { _ in time(calls, body) / Double(calls) }.sorted()
    return work / times[times.count / 2]
  }

  private func time(_ calls: Int, _ body: () -> Void) -> Double {
    let start = ContinuousClock.now
    for _ in 0..<calls { body() }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

import Synchronization

/// Threads that are started once and run the same work in parallel, again and again.
///
/// A waiting thread first spins for some microseconds, which is as much as the workers' shares of a training step
/// differ by; then it yields the processor again and again, for about the time that waking a thread takes; then it
/// sleeps in the kernel. The caller is worker 0.
package final class WorkerPool: Sendable {
  package let count: Int
  /// Threads that do the work, including the caller.
  private let threads: Int
  private let shared: Shared

  /// - Parameters:
  ///   - count: workers; at least 1.
  ///   - processors: the maximum number of threads, including the caller. More threads than processors would only wait
  ///     for each other, so several workers share a thread.
  package init(count: Int, processors: Int = processorCount) {
    precondition(count >= 1 && processors >= 1)
    self.count = count
    let threads = min(count, processors)
    let shared = Shared(workers: count, threads: threads, spins: threads > Self.processorCount ? 0 : 2000)
    (self.threads, self.shared) = (threads, shared)
    for thread in 1..<max(threads, 1) { Thread.start { shared.serve(thread) } }
  }

  deinit {
    shared.stop()
  }

  /// The processors that this process may run on.
  package static let processorCount: Int = {
    // Linux gives them as a hexadecimal mask, which heeds `taskset` and containers.
    if let status = try? InputFile(path: "/proc/self/status").read(upTo: 1 << 16),
      let line = String(decoding: [UInt8](status), as: UTF8.self).split(separator: "\n").first(where: {
        $0.hasPrefix("Cpus_allowed:")
      })
    {
      let count = line.dropFirst("Cpus_allowed:".count).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
      if count > 0 { return count }
    }
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }()

  /// Calls `body` once a worker, with the numbers 0..<`count`, in parallel; returns when all have returned.
  package func run(_ body: (_ worker: Int) -> Void) {
    if threads == 1 {
      for worker in 0..<count { body(worker) }
      return
    }
    withoutActuallyEscaping(body) { body in
      shared.begin(body)
      shared.work(of: 0, body)
      shared.awaitEnd()
    }
  }

  /// Splits 0..<`total` into `count` runs of nearly equal length and calls `body` with each, in parallel.
  package func split(_ total: Int, _ body: (_ worker: Int, _ range: Range<Int>) -> Void) {
    run { worker in body(worker, total * worker / count..<total * (worker + 1) / count) }
  }
}

/// The state that the threads of a pool share.
private final class Shared: Sendable {
  /// The number of pieces of work begun; −1 when there will be no more.
  private let generation = Atomic(0)
  /// Threads that have not yet finished the present piece of work.
  private let pending = Atomic(0)
  private let sleepers = Atomic(0)
  /// Written before `generation` changes, and read after it.
  nonisolated(unsafe) private var work: ((Int) -> Void)?
  /// Threads sleep in its condition.
  private let lock = Lock()

  /// How often a waiting thread looks before it yields. Zero where there are more threads than processors, because the
  /// thread that it waits for may need its processor.
  private let spins: Int
  private static let yields = 500
  private let workers: Int
  private let threads: Int

  init(workers: Int, threads: Int, spins: Int) {
    (self.workers, self.threads, self.spins) = (workers, threads, spins)
  }

  func begin(_ body: @escaping (Int) -> Void) {
    work = body
    pending.store(threads - 1, ordering: .relaxed)
    generation.add(1, ordering: .sequentiallyConsistent)
    wake()
  }

  func awaitEnd() {
    wait { pending.load(ordering: .sequentiallyConsistent) == 0 }
    work = nil
  }

  func stop() {
    generation.store(-1, ordering: .sequentiallyConsistent)
    wake()
  }

  /// Does the work of the workers that share a thread.
  func work(of thread: Int, _ body: (Int) -> Void) {
    for worker in stride(from: thread, to: workers, by: threads) { body(worker) }
  }

  /// The loop of a thread.
  func serve(_ thread: Int) {
    var seen = 0
    while true {
      wait { generation.load(ordering: .sequentiallyConsistent) != seen }
      seen = generation.load(ordering: .sequentiallyConsistent)
      if seen < 0 { return }
      if let body = work { work(of: thread, body) }
      if pending.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { wake() }
    }
  }

  /// Wakes all sleepers. No change goes unseen: whoever changes the state looks for sleepers after it, and whoever
  /// sleeps counts as a sleeper before it looks at the state.
  private func wake() {
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { lock.locked {} }
  }

  private func wait(until condition: () -> Bool) {
    for _ in 0..<spins where condition() { return }
    for _ in 0..<Self.yields {
      sched_yield()
      if condition() { return }
    }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    lock.wait(until: condition)
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
  }
}

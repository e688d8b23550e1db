import NNCore
import Synchronization
import Testing

struct WorkerPoolTests {
  /// More workers than threads take turns, and each does its work once, again and again.
  @Test(arguments: [(1, 1), (3, 3), (8, 2), (5, 16)]) func everyWorkerWorksOnceARun(count: Int, processors: Int) {
    let pool = WorkerPool(count: count, processors: processors)
    let calls = Mutex(Array(repeating: 0, count: count))
    for _ in 0..<200 { pool.run { worker in calls.withLock { $0[worker] += 1 } } }
    #expect(calls.withLock { $0 } == Array(repeating: 200, count: count))
  }

  @Test(arguments: [0, 1, 7, 100]) func rangesCoverTheWhole(total: Int) {
    let pool = WorkerPool(count: 3)
    let ranges = Mutex([Int: Range<Int>]())
    pool.split(total) { worker, range in ranges.withLock { $0[worker] = range } }
    let all = ranges.withLock { ranges in (0..<3).flatMap { Array(ranges[$0] ?? 0..<0) } }
    #expect(all == Array(0..<total))
  }
}

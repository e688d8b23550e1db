import ArgumentParser
import NNCore

/// The threads that an engine works with.
package struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Threads to work with; all processors if not given. The result is the same.", valueName: "n"))
  package var threads: Int?

  package init() {}

  package func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes a number of 1 to 1024.") }
  }

  package var pool: WorkerPool { pool(forPieces: .max) }

  /// A pool of no more threads than there are pieces of work.
  package func pool(forPieces count: Int) -> WorkerPool {
    WorkerPool(count: max(1, min(threads ?? WorkerPool.processorCount, count)))
  }
}

import NNCommand
import NNCore

/// Answers pictures side by side, and writes the answers in the pictures' order as they come. A bad picture is
/// reported, and the rest done all the same.
struct PictureRun {
  let output: Output
  let pool: WorkerPool
  let complain: (String) -> Void

  /// - Parameters:
  ///   - worker: makes what each thread works with.
  ///   - answer: called on all threads.
  ///   - write: called on one at a time; lines are flushed after it.
  /// - Throws: `AlreadyReported` at the end if a picture was bad; at once, if writing fails.
  func answer<Worker, Reply>(
    _ source: consuming PictureSource, worker: () -> Worker, answer: (Worker, NamedPicture) throws -> Reply,
    write: (NamedPicture, Reply) throws -> Void
  ) throws {
    var source = source
    let workers = (0..<pool.count).map { _ in worker() }
    var isAnswered = false
    var failure: AlreadyReported?
    try pool.forEachInOrder {
      source.next()
    } produce: { number, picture in
      (picture, Result { try answer(workers[number], picture) })
    } consume: { picture, result in
      switch result {
      case .success(let reply):
        try write(picture, reply)
        try output.flush()
        isAnswered = true
      case .failure(let error as FileError) where error.kind != .cannotCreate:
        complain(error.line)
        failure = failure ?? AlreadyReported(ExitStatus(error.kind))
      case .failure(let error): throw error
      }
    }
    // An old file of answers is not given up for none.
    if isAnswered { try output.commit() }
    if let failure { throw failure }
  }
}

import NNCommand
import NNCore

/// Answers pictures in parallel and writes the answers in the order of the pictures. A bad picture is reported, and the
/// run continues with the next.
struct PictureRun {
  let output: Output
  let pool: WorkerPool
  let complain: (String) -> Void

  /// - Parameters:
  ///   - worker: makes the state of one thread.
  ///   - answer: answers a picture; called on all threads in parallel.
  ///   - write: writes an answer; called on one thread at a time. The output is flushed after each call.
  /// - Throws: `AlreadyReported` at the end if a picture was bad; the error of writing at once.
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
      case .failure(let error as FileError) where error.kind != .cannotCreate && error.kind != .unavailable:
        complain(error.line)
        failure = failure ?? AlreadyReported(ExitStatus(error.kind))
      case .failure(let error): throw error
      }
    }
    // Without any answer, an existing output file is kept.
    if isAnswered { try output.commit() }
    if let failure { throw failure }
  }
}

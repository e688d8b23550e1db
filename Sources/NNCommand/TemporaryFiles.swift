import NNCore
import Synchronization

/// The temporary files and folders that must not outlive the process.
package enum TemporaryFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Runs `make`, which creates the file or folder `path` or something in it. A signal handler waits for its end, so
  /// that it removes what was created.
  package static func add<Result: Sendable, Failure: Error>(
    _ path: String, make: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try paths.withLock { set throws(Failure) in
      set.insert(path)
      return try make()
    }
  }

  /// Runs `move`, which moves the file or folder `path` to its final place. A signal handler waits for its end; or the
  /// handler came first, and the process has ended.
  package static func release<Failure: Error>(_ path: String, move: () throws(Failure) -> Void) throws(Failure) {
    try paths.withLock { set throws(Failure) in
      try move()
      set.remove(path)
    }
  }

  /// Number of running calls of `inside`.
  private static let makers = Atomic(0)
  private static let isClosed = Atomic(false)

  /// Runs `make`, which creates something inside an added folder; several threads may do so at once. A signal handler
  /// waits for all of them, so that it removes what they created.
  package static func inside<Failure: Error>(_ make: () throws(Failure) -> Void) throws(Failure) {
    makers.add(1, ordering: .sequentiallyConsistent)
    while isClosed.load(ordering: .sequentiallyConsistent) {
      // The process usually ends during this wait.
      makers.subtract(1, ordering: .sequentiallyConsistent)
      usleep(1000)
      makers.add(1, ordering: .sequentiallyConsistent)
    }
    defer { makers.subtract(1, ordering: .sequentiallyConsistent) }
    try make()
  }

  package static func forget(_ path: String) {
    paths.withLock { _ = $0.remove(path) }
  }

  /// Runs `body`. A signal that ends the process waits until `body` returns.
  static func holdingEnd<Result: Sendable>(_ body: () -> Result) -> Result {
    paths.withLock { _ in body() }
  }

  /// Removes all temporary files and folders, then runs `last`. Nothing new is created before `last` has returned.
  static func remove(_ last: () -> Void = {}) {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    defer { isClosed.store(false, ordering: .sequentiallyConsistent) }
    while makers.load(ordering: .sequentiallyConsistent) > 0 { usleep(100) }
    paths.withLock { set in
      for path in set {
        if Directory.exists(path) {
          for file in (try? Directory.listing(below: path, where: { _ in true }, areAll: true))?.files ?? [] {
            _ = file.withFileName { unlink($0) }
          }
          for folder in (try? Directory.names(in: path)) ?? [] { _ = (path + "/" + folder).withFileName { rmdir($0) } }
          _ = path.withFileName { rmdir($0) }
        } else {
          _ = path.withFileName { unlink($0) }
        }
      }
      set.removeAll()
      last()
    }
  }

  /// An unused hidden name in the folder of `path`.
  package static func temporaryName(beside path: String) -> String {
    let (folder, last) = FileName.split(path)
    let tag = String(UInt64.random(in: .min ... .max), radix: 36)
    // A file name may have at most 255 bytes.
    let name = String(decoding: last.utf8.prefix(200), as: UTF8.self)
    return folder + ".\(name).\(tag).tmp"
  }
}

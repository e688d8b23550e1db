/// An open folder to which several threads may add files at once.
package final class OpenFolder: Sendable {
  package let path: String
  private let descriptor: Int32

  /// - Throws: `FileError` of kind `cannotOpen`.
  package init(path: String) throws {
    self.path = path
    descriptor = path.withFileName { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError.system(.cannotOpen, file: path) }
  }

  deinit { close(descriptor) }

  /// Adds a folder. Files can then be added to it by names such as `folder/file`.
  ///
  /// - Throws: `FileError` of kind `cannotCreate`.
  package func addFolder(_ name: String) throws {
    guard name.withFileName({ mkdirat(descriptor, $0, 0o777) }) == 0 else {
      throw FileError.system(.cannotCreate, file: path + "/" + name)
    }
  }

  /// Adds a new file.
  ///
  /// - Throws: `FileError` of kind `cannotCreate` or `inputOutput`.
  package func add(_ name: String, _ bytes: [UInt8]) throws {
    func fault(_ kind: FileError.Kind) -> FileError { .system(kind, file: path + "/" + name) }
    let file = name.withFileName { openat(descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    guard file >= 0 else { throw fault(.cannotCreate) }
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { write(file, $0.baseAddress! + start, bytes.count - start) }
      if written < 0 {
        if errno == EINTR { continue }
        let error = fault(.inputOutput)
        close(file)
        throw error
      }
      start += written
    }
    guard close(file) == 0 else { throw fault(.inputOutput) }
  }
}

import CSystem
import NNCore

/// The destination of a tool's result: standard output, or a file that appears whole or not at all.
///
/// A file is written beside its final place, then synced and renamed by `commit`; until then the old file stays
/// unchanged. Devices and pipes are written to directly. Every write is checked for errors.
package final class Output {
  /// The name for errors.
  package let name: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  /// The temporary and the final path of a regular file.
  private var places: (temporary: String, final: String)?

  private static let bufferSize = 1 << 16
  /// Number of bytes of a mapped file that are written at a time, which limits the memory in use.
  private static let blockSize = 1 << 20
  /// Bytes in the file.
  private var written = 0

  /// - Parameters:
  ///   - path: nil or `-` for standard output.
  ///   - isBinary: whether to refuse to write to a terminal.
  /// - Throws: `FileError` of kind `cannotCreate`, or `Failure` for a terminal.
  package init(_ path: String?, isBinary: Bool = false) throws {
    guard let path, path != "-" else {
      (name, descriptor) = ("standard output", STDOUT_FILENO)
      if isBinary, isatty(STDOUT_FILENO) == 1 {
        throw Failure.usage("standard output is a terminal: give -o FILE, or pipe it into the next tool")
      }
      return
    }
    name = path
    var status = stat()
    let exists = path.withFileName { stat($0, &status) } == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw FileError.system(.cannotCreate, file: path, code: EISDIR) }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      descriptor = path.withFileName { open($0, O_WRONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw FileError.system(.cannotCreate, file: path) }
      return
    }
    if exists, path.withFileName({ access($0, W_OK) }) != 0 { throw FileError.system(.cannotCreate, file: path) }
    let final = Self.resolved(path)
    let temporary = TemporaryFiles.temporaryName(beside: final)
    descriptor = try TemporaryFiles.add(temporary) {
      let opened = temporary.withFileName { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      guard opened >= 0 else { throw FileError.system(.cannotCreate, file: path) }
      return opened
    }
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
    places = (temporary, final)
  }

  /// Opens a log file, which others can read while it is written.
  ///
  /// - Parameter appending: whether to keep the content of an existing file.
  /// - Throws: `FileError` of kind `cannotCreate`.
  package init(following path: String, appending: Bool) throws {
    guard path != "-" else {
      (name, descriptor) = ("standard output", STDOUT_FILENO)
      return
    }
    name = path
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
    descriptor = path.withFileName { open($0, flags, 0o666) }
    guard descriptor >= 0 else { throw FileError.system(.cannotCreate, file: path) }
  }

  /// Whether the file or stream has no content.
  package var isEmpty: Bool {
    var status = stat()
    return fstat(descriptor, &status) != 0 || status.st_size == 0
  }

  deinit {
    if descriptor > STDERR_FILENO { close(descriptor) }
    if let places {
      _ = places.temporary.withFileName { unlink($0) }
      TemporaryFiles.forget(places.temporary)
    }
  }

  /// The final target of a chain of links, even if it doesn't exist, so that writing keeps the links.
  static func resolved(_ path: String) -> String {
    var path = path
    // Linux follows at most 40 links.
    for _ in 0..<40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = path.withFileName { readlink($0, &target, target.count) }
      guard count > 0 else { break }
      let link = FileName.text(target[..<count].map { UInt8(truncatingIfNeeded: $0) })
      path = link.hasPrefix("/") ? link : FileName.split(path).folder + link
    }
    return path
  }

  /// - Throws: `FileError` of kind `inputOutput`.
  package func write(_ bytes: Bytes) throws {
    try flush()
    var start = 0
    while start < bytes.count {
      let part = bytes[start..<min(start + Self.blockSize, bytes.count)]
      try part.withUnsafeBytes { try writeAll($0) }
      part.dropPages()
      start += part.count
    }
  }

  /// Writes text and a line feed; they may stay in the buffer until `flush`.
  ///
  /// - Throws: `FileError` of kind `inputOutput`.
  package func write(line: String) throws {
    buffer += line.utf8
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// - Throws: `FileError` of kind `inputOutput`.
  package func flush() throws {
    try buffer.withUnsafeBytes { try writeAll($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while rest.count > 0 {
      let written = NNCore.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw ClosedPipe() }
        throw FileError.system(.inputOutput, file: name)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    if places != nil, bytes.count > 0 { system_begin_writing(descriptor, Int64(written), Int64(bytes.count)) }
    written += bytes.count
  }

  /// Ends the output and renames a file to its final place. Call it once, after all writes.
  ///
  /// - Throws: `FileError` of kind `inputOutput`, or `cannotCreate` if the file can't take its place.
  package func commit() throws {
    try flush()
    guard let places else {
      // Closing a pipe or device may report a delayed error. Standard output itself stays open for later writes.
      let copy = dup(descriptor)
      if copy >= 0, close(copy) != 0 { throw FileError.system(.inputOutput, file: name) }
      return
    }
    guard fsync(descriptor) == 0 else { throw FileError.system(.inputOutput, file: name) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw FileError.system(.inputOutput, file: name) }
    try TemporaryFiles.release(places.temporary) {
      let isMoved = places.temporary.withFileName { temporary in
        places.final.withFileName { rename(temporary, $0) == 0 }
      }
      guard isMoved else { throw FileError.system(.cannotCreate, file: name) }
    }
    self.places = nil
  }
}

extension Output {
  /// Writes a whole safetensors file and commits it.
  package func commit(_ file: Safetensors) throws {
    try file.write { try write($0) }
    try commit()
  }

  /// Writes all bytes and commits the output.
  package func commit(_ bytes: Bytes) throws {
    try write(bytes)
    try commit()
  }
}

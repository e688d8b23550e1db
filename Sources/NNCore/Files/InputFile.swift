/// A file, pipe or standard input that is open for reading, with its name for errors.
package final class InputFile {
  package let name: String
  private let descriptor: Int32
  private let isRegular: Bool
  private let size: Int
  /// Bytes that were looked at ahead and are still to be read.
  private var ahead: ArraySlice<UInt8> = []

  /// Takes ownership of an open descriptor.
  ///
  /// - Throws: `FileError` of kind `cannotOpen` if it is a folder.
  init(name: String, descriptor: Int32) throws {
    self.name = name
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError.system(.cannotOpen, file: name) }
    let type = status.st_mode & S_IFMT
    guard type != S_IFDIR else { throw FileError.system(.cannotOpen, file: name, code: EISDIR) }
    isRegular = type == S_IFREG
    size = Int(status.st_size)
  }

  deinit {
    if !isStandardInput { close(descriptor) }
  }

  /// Opens `path`.
  ///
  /// - Throws: `FileError` of kind `cannotOpen`.
  package convenience init(path: String) throws {
    let descriptor = path.withFileName { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError.system(.cannotOpen, file: path) }
    try self.init(name: path, descriptor: descriptor)
  }

  package static func standardInput() throws -> InputFile {
    try InputFile(name: "standard input", descriptor: STDIN_FILENO)
  }

  package var isStandardInput: Bool { descriptor == STDIN_FILENO }

  /// Whether there is anything at `path`.
  static func exists(_ path: String) -> Bool { path.withFileName { access($0, F_OK) } == 0 }

  /// Maps the regular file `path`; nil for anything else, which opening could disturb, and for what can't be read.
  package static func mapped(path: String) -> Bytes? {
    var status = stat()
    guard path.withFileName({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (try? InputFile(path: path))?.mapped()
  }

  /// The whole file as mapped memory; nil for a pipe or standard input, which can only be read from start to end.
  package func mapped() -> Bytes? {
    isRegular && !isStandardInput ? Bytes(mapping: descriptor, count: size) : nil
  }

  /// The first `count` bytes, fewer only if there are no more. They stay to be read.
  ///
  /// - Precondition: nothing was read yet.
  /// - Throws: `FileError` of kind `inputOutput`.
  package func beginning(upTo count: Int) throws -> Bytes {
    if let mapped = mapped() { return mapped[0..<min(count, mapped.count)] }
    while ahead.count < count {
      let more = try systemReadArrived(upTo: count - ahead.count)
      if more.isEmpty { break }
      ahead += more
    }
    return Bytes(Array(ahead.prefix(count)))
  }

  /// The minimum size for which mapping is faster than reading, above all when other threads map files too.
  private static let minimumMapped = 1 << 16

  /// The whole content, mapped if the file can be mapped and is large enough.
  ///
  /// - Throws: `FileError` of kind `inputOutput`.
  package func contents() throws -> Bytes {
    if size >= Self.minimumMapped, let mapped = mapped() { return mapped }
    // One read gets all of a small file and finds its end, unless the file grows meanwhile.
    let isWhole = isRegular && !isStandardInput && (1..<Self.minimumMapped).contains(size)
    return try read(upTo: isWhole ? size : .max)
  }

  /// The next `count` bytes, fewer only at the end of the file. Memory grows with the bytes that arrive, not with
  /// `count`.
  ///
  /// - Throws: `FileError` of kind `inputOutput`.
  package func read(upTo count: Int) throws -> Bytes {
    var builder = BytesBuilder(capacity: min(count, 1 << 16))
    var chunk = 1 << 16
    while builder.count < count {
      let before = builder.count
      let wanted = min(chunk, count - before)
      try builder.append(upTo: wanted) { try read(into: $0) }
      if builder.count - before < wanted { break }
      chunk = min(2 * chunk, 1 << 20)
    }
    return try builder.finish()
  }

  /// The bytes that have arrived, `count` at most. It waits only for the first byte, and returns none at the end of the
  /// file.
  ///
  /// - Throws: `FileError` of kind `inputOutput`.
  package func readArrived(upTo count: Int) throws -> [UInt8] {
    guard ahead.isEmpty else {
      defer { ahead = ahead.dropFirst(count) }
      return Array(ahead.prefix(count))
    }
    return try systemReadArrived(upTo: count)
  }

  private func systemReadArrived(upTo count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      while true {
        let got = systemRead(descriptor, room.baseAddress!, count)
        if got >= 0 {
          filled = got
          return
        }
        guard errno == EINTR else { throw FileError.system(.inputOutput, file: name) }
      }
    }
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = min(ahead.count, buffer.count)
    buffer.copyBytes(from: ahead.prefix(filled))
    ahead = ahead.dropFirst(filled)
    while filled < buffer.count {
      let got = systemRead(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError.system(.inputOutput, file: name)
      }
      filled += got
    }
    return filled
  }

  /// An error of kind `badData` in this file.
  package func malformed(_ message: String, at place: FileError.Place? = nil, remedy: Remedy? = nil) -> FileError {
    FileError(.badData, file: name, at: place, message, remedy: remedy)
  }
}

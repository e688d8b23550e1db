/// A file without a name for bytes that exceed memory. The system deletes it when it is closed.
///
/// It is created in the folder `TMPDIR`, or in `/var/tmp`, which is meant for large files.
struct TemporaryFile: ~Copyable {
  private let descriptor: Int32
  private(set) var count = 0

  private static let folder =
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/var/tmp"
  private static let name = "temporary file in \(folder)"

  /// - Throws: `FileError` of kind `cannotCreate`.
  init() throws {
    #if os(Linux)
      // The file never has a name, so none is left behind.
      let nameless = open(Self.folder, O_RDWR | O_CLOEXEC | 0o20200000, 0o600)
      if nameless >= 0 {
        descriptor = nameless
        return
      }
    #endif
    var template = Array((Self.folder + "/nn-tools-XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError.system(.cannotCreate, file: Self.name) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  /// - Throws: `FileError` of kind `inputOutput`, such as for a full disk.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while rest.count > 0 {
      let written = write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError.system(.inputOutput, file: Self.name)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    count += bytes.count
  }

  /// All written bytes, mapped; the mapping outlives the file.
  ///
  /// - Throws: `FileError` of kind `inputOutput`.
  func mapped() throws -> Bytes {
    guard let bytes = Bytes(mapping: descriptor, count: count) else {
      throw FileError.system(.inputOutput, file: Self.name)
    }
    return bytes
  }
}

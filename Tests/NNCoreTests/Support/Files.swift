import NNCore
import Testing

/// Where temporary files go: into memory if that can be, for the tests of damage make ten thousands.
private let temporaryParent =
  getenv("TMPDIR").map { String(cString: $0) } ?? (Directory.exists("/dev/shm") ? "/dev/shm" : "/tmp")

/// A file of its own for `bytes`, already without a name in its folder, so that nothing is left of it.
func temporaryFile(_ bytes: [UInt8]) throws -> InputFile {
  var template = Array((temporaryParent + "/nn-tools-XXXXXX").utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw FileError.system(.cannotCreate, file: temporaryParent) }
  let path = String(decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  defer {
    close(descriptor)
    unlink(path)
  }
  try #require(write(descriptor, bytes, bytes.count) == bytes.count)
  return try InputFile(path: path)
}

func temporaryFile(_ tensors: Safetensors) throws -> InputFile {
  try temporaryFile(tensors.fileBytes)
}

/// A name for errors about bytes in memory.
func nowhere() throws -> InputFile {
  try InputFile(path: "/dev/null")
}

/// A folder that goes when the last that refers to it does.
final class TemporaryFolder {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array((temporaryParent + "/nn-tools-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError.system(.cannotCreate, file: temporaryParent) }
    path = String(decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  /// Adds a file.
  func add(_ name: String, _ bytes: [UInt8]) throws {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw FileError.system(.cannotCreate, file: file) }
    files.append(file)
    defer { close(descriptor) }
    try #require(write(descriptor, bytes, bytes.count) == bytes.count)
  }
}

extension Safetensors {
  /// The file as its writer makes it.
  var fileBytes: [UInt8] {
    var bytes: [UInt8] = []
    write { bytes += [UInt8]($0) }
    return bytes
  }
}

/// Data formats that are common but not supported, with advice what to do.
struct OtherDataFormat {
  private let name: String
  private let advice: String
  /// Whether the advice leads to a file of data.
  private let leadsToData: Bool

  private init(_ name: String, _ advice: String, leadsToData: Bool = false) {
    (self.name, self.advice, self.leadsToData) = (name, advice, leadsToData)
  }

  /// Detects PyTorch's archives; nil for any other.
  init?(_ zip: Zip) {
    guard zip.names.contains(where: { $0.hasSuffix("/data.pkl") }) else { return nil }
    self = Self.torch
  }

  /// A file of `torch.save`.
  static let torch = OtherDataFormat(
    "a PyTorch file, which can run code", "save its tensors by safetensors.torch.save_file", leadsToData: true)

  /// Detects the format from the first bytes; nil for an unknown one.
  init?(_ bytes: Bytes) {
    func starts(_ text: String, at offset: Int = 0) -> Bool { bytes.hasBytes(Array(text.utf8), at: offset) }
    func unpack(_ command: String) -> String { "give what '\(command)' makes of it, in place of it or through a pipe" }
    let numpy = "save its arrays by numpy.savez"

    if Gzip.recognizes(bytes) {
      self.init("compressed by gzip more than once", unpack("gzip -dc"))
    } else if starts("BZh"), bytes.hasBytes([0x31, 0x41, 0x59, 0x26], at: 4) {
      self.init("compressed by bzip2", unpack("bzip2 -dc"))
    } else if bytes.hasBytes([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]) {
      self.init("compressed by xz", unpack("xz -dc"))
    } else if bytes.hasBytes([0x28, 0xb5, 0x2f, 0xfd]) {
      self.init("compressed by zstd", unpack("zstd -dc"))
    } else if starts("ustar", at: 257) {
      self.init("a tar archive", "unpack it with 'tar -xf'")
    } else if bytes.hasBytes([0x37, 0x7a, 0xbc, 0xaf]) {
      self.init("a 7-Zip archive", "unpack it with '7z x'")
    } else if bytes.hasBytes([0x89, 0x48, 0x44, 0x46]) {
      self.init("an HDF5 file", numpy, leadsToData: true)
    } else if starts("MATLAB 7.3 MAT-file") {
      self.init("a MATLAB file of version 7.3", "save it with MATLAB's save -v7", leadsToData: true)
    } else if bytes.hasBytes([0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]) {
      self = Self.torch
    } else if starts("version https://git-lfs") {
      self.init("a pointer that Git LFS left in place of the file", "fetch it with 'git lfs pull'")
    } else {
      let first = [UInt8](bytes[0..<min(bytes.count, 64)])
      // The length at the start of a safetensors file may look like a character, but text contains no zeros.
      guard !first.contains(0) else { return nil }
      let start = String(decoding: first, as: UTF8.self).lowercased()
      let text = start.drop { $0.isWhitespace || $0 == "\u{feff}" }
      if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
        self.init("a web page", "perhaps a download that failed")
      } else if text.hasPrefix("{") || text.hasPrefix("[") {
        self.init("JSON", "save it as CSV", leadsToData: true)
      } else {
        return nil
      }
    }
  }

  func refusal(of file: InputFile) -> FileError {
    file.malformed("is \(name), which is not read here: \(advice)")
  }

  func refusal(of file: InputFile, insteadOf format: FileFormat) -> FileError {
    let message = "is \(name), not \(format.title)"
    // Of the forms that lead to data, only PyTorch's may hold a model.
    if format == .model, leadsToData, name != Self.torch.name { return file.malformed(message, remedy: .makeModel) }
    return file.malformed("\(message): \(advice)", remedy: leadsToData && format == .data ? .prepareThat : nil)
  }
}

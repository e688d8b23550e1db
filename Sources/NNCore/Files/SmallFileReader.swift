/// Reads small files, one after the other into the same memory: asking for each one's size and taking memory for it takes
/// as long as reading it.
final class SmallFileReader {
  private var memory = [UInt8](repeating: 0, count: 1 << 14)

  /// What `small` makes of the whole content of a file, or `other` of the open file, where it is not a small one or `small`
  /// makes nothing of it.
  ///
  /// - Throws: `FileError` of kind `cannotOpen`, and what `other` throws.
  func read<Result>(_ path: String, small: (Span<UInt8>) -> Result?, other: (InputFile) throws -> Result) throws
    -> Result
  {
    let descriptor = path.withFileName { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError.system(.cannotOpen, file: path) }
    // Leaves the open file at its start, and takes nothing from a pipe.
    let count = memory.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    if count > 0, count < memory.count,
      let result = memory.withUnsafeBufferPointer({ small($0.span.extracting(0..<count)) })
    {
      close(descriptor)
      return result
    }
    return try other(InputFile(name: path, descriptor: descriptor))
  }
}

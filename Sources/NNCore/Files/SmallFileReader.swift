/// Reads many small files into the same memory, because asking for the size of each and allocating memory takes as long
/// as reading.
final class SmallFileReader {
  private var memory = [UInt8](repeating: 0, count: 1 << 14)

  /// Returns the result of `small` on the whole content of a file. For a file that is not small, and when `small`
  /// returns nil, it returns the result of `other` on the open file.
  ///
  /// - Throws: `FileError` of kind `cannotOpen`, and what `other` throws.
  func read<Result>(_ path: String, small: (Span<UInt8>) -> Result?, other: (InputFile) throws -> Result) throws
    -> Result
  {
    let descriptor = path.withFileName { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError.system(.cannotOpen, file: path) }
    // `pread` leaves the open file at its start and takes nothing from a pipe.
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

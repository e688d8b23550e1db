/// Writes a zip file of stored entries, as NumPy's `savez` does, with zip64 sizes if they are needed.
final class ZipWriter {
  private let write: (Bytes) throws -> Void
  private var offset = 0
  private var directory: [UInt8] = []
  private var count = 0

  private static let maximum32 = Int(UInt32.max) - 1

  init(write: @escaping (Bytes) throws -> Void) {
    self.write = write
  }

  /// - Parameter parts: the parts of the content.
  /// - Throws: errors of `write`.
  func append(_ name: String, _ parts: [Bytes]) throws {
    let size = parts.reduce(0) { $0 + $1.count }
    let checksum = parts.reduce(UInt32(0)) { crc32($1, from: $0) }
    let isWide = size > Self.maximum32
    let start = offset
    let extra: [UInt8] =
      isWide ? little(UInt16(1)) + little(UInt16(16)) + little(UInt64(size)) + little(UInt64(size)) : []
    try put(little(UInt32(0x0403_4b50)) + fields(name, size, checksum, extra) + Array(name.utf8) + extra)
    for part in parts {
      try write(part)
      offset += part.count
    }
    let isFar = start > Self.maximum32
    var wide: [UInt8] = isWide ? little(UInt64(size)) + little(UInt64(size)) : []
    if isFar { wide += little(UInt64(start)) }
    if !wide.isEmpty { wide = little(UInt16(1)) + little(UInt16(wide.count)) + wide }
    directory += little(UInt32(0x0201_4b50)) + little(UInt16(45)) + fields(name, size, checksum, wide)
    // The rest of the directory entry: no comment, the first disk, a binary file, readable by its owner.
    directory += [0, 0, 0, 0, 0, 0] + little(UInt32(0o100644 << 16)) + little(isFar ? .max : UInt32(start))
    directory += Array(name.utf8) + wide
    count += 1
  }

  /// Finishes the file.
  ///
  /// - Throws: errors of `write`.
  func finish() throws {
    let start = offset
    let size = directory.count
    try put(directory)
    let isWide = start > Self.maximum32
    if isWide {
      let end = offset
      try put(
        little(UInt32(0x0606_4b50)) + little(UInt64(44)) + little(UInt16(45)) + little(UInt16(45)) + little(UInt32(0))
          + little(UInt32(0)) + little(UInt64(count)) + little(UInt64(count)) + little(UInt64(size))
          + little(UInt64(start)))
      try put(little(UInt32(0x0706_4b50)) + little(UInt32(0)) + little(UInt64(end)) + little(UInt32(1)))
    }
    try put(
      little(UInt32(0x0605_4b50)) + [0, 0, 0, 0] + little(UInt16(count)) + little(UInt16(count)) + little(UInt32(size))
        + little(isWide ? .max : UInt32(start)) + [0, 0])
  }

  /// The fields that the entry's local header and the directory share. The time is the earliest of the format, so that
  /// the same data always gives the same file.
  private func fields(_ name: String, _ size: Int, _ checksum: UInt32, _ extra: [UInt8]) -> [UInt8] {
    let narrow = size > Self.maximum32 ? UInt32.max : UInt32(size)
    return little(UInt16(45)) + [0, 0, 0, 0] + [0, 0, 0x21, 0] + little(checksum) + little(narrow) + little(narrow)
      + little(UInt16(name.utf8.count)) + little(UInt16(extra.count))
  }

  private func put(_ bytes: [UInt8]) throws {
    try write(Bytes(bytes))
    offset += bytes.count
  }

  private func little<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) -> [UInt8] {
    [UInt8](Bytes(littleEndian: [value]))
  }
}

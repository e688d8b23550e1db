import CZlib

/// The CRC-32 of gzip, zip and PNG over `bytes`, starting from the checksum of the preceding bytes.
func crc32(_ bytes: Bytes, from previous: UInt32 = 0) -> UInt32 {
  var sum = UInt(previous)
  var start = 0
  while start < bytes.count {
    let part = bytes[start..<min(start + (1 << 20), bytes.count)]
    sum = part.withUnsafeBytes { UInt(crc32($0, from: UInt32(sum))) }
    part.dropPages()
    start += part.count
  }
  return UInt32(sum)
}

/// The CRC-32 of less than 4 GB of memory.
func crc32(_ memory: UnsafeRawBufferPointer, from previous: UInt32 = 0) -> UInt32 {
  UInt32(CZlib.crc32(UInt(previous), memory.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(memory.count)))
}

/// A growing buffer that becomes `Bytes` without a copy. Bytes beyond `maximumHeld` go to a temporary file, which is
/// mapped at the end.
struct BytesBuilder: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  /// Number of bytes in memory.
  private var held = 0
  private var spool: TemporaryFile?

  /// The size of the largest part of MNIST, uncompressed.
  private static let maximumHeld = 48 << 20
  /// Number of bytes that are written to the temporary file at a time.
  private static let block = 1 << 20

  init(capacity: Int = 1 << 16) {
    self.capacity = min(max(capacity, 1), Self.maximumHeld)
    memory = malloc(self.capacity)!
    askForLargePages()
  }

  /// Asks the system for pages of 2 MB, because each page of 4 KB interrupts the first write to it.
  private func askForLargePages() {
    #if os(Linux)
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let start = UnsafeMutableRawPointer(
        bitPattern: (UInt(bitPattern: memory) + UInt(page) - 1) / UInt(page) * UInt(page))
      if capacity >= 1 << 22 { madvise(start, capacity - page, MADV_HUGEPAGE) }
    #endif
  }

  deinit { free(memory) }

  /// Number of all bytes that were appended.
  var count: Int {
    switch spool {
    case .some(let file): file.count + held
    case nil: held
    }
  }

  /// Calls `write` with room for `size` more bytes; `write` returns the number of bytes that it wrote.
  ///
  /// - Throws: what `write` throws, or `FileError` if there is no room for a temporary file.
  mutating func append(upTo size: Int, _ write: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    if held + size > (spool == nil ? Self.maximumHeld : Self.block) { try spill() }
    if held + size > capacity {
      capacity = max(held + size, capacity + capacity / 2)
      memory = realloc(memory, capacity)!
    }
    let written = try write(UnsafeMutableRawBufferPointer(start: memory + held, count: size))
    precondition(written >= 0 && written <= size)
    held += written
  }

  mutating func append(_ bytes: Bytes) throws {
    var start = 0
    while start < bytes.count {
      let part = bytes[start..<min(start + Self.block, bytes.count)]
      try append(upTo: part.count) { room in
        part.withUnsafeBytes { room.copyMemory(from: $0) }
        return part.count
      }
      start += part.count
      part.dropPages()
    }
  }

  mutating func append(_ bytes: ArraySlice<UInt8>) throws {
    try append(upTo: bytes.count) { room in
      bytes.withUnsafeBytes { room.copyMemory(from: $0) }
      return bytes.count
    }
  }

  mutating func append(_ bytes: [UInt8]) throws { try append(bytes[...]) }

  private mutating func spill() throws {
    guard held > 0 else { return }
    if spool == nil { spool = try TemporaryFile() }
    try spool!.append(UnsafeRawBufferPointer(start: memory, count: held))
    held = 0
    if capacity > 2 * Self.block {
      capacity = Self.block
      memory = realloc(memory, capacity)!
    }
  }

  /// - Throws: `FileError` if a temporary file can't be written to its end.
  consuming func finish() throws -> Bytes {
    if spool != nil {
      try spill()
      return try spool!.mapped()
    }
    let bytes = Bytes(adopting: UnsafeMutableRawBufferPointer(start: memory, count: held))
    memory = malloc(1)!
    return bytes
  }
}

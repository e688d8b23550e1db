/// Memory that grows as bytes arrive and then becomes `Bytes` without a copy.
struct BytesBuilder: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = max(capacity, 1)
    memory = malloc(self.capacity)!
  }

  deinit { free(memory) }

  /// Offers `write` room for `size` more bytes and keeps as many as it says it wrote.
  mutating func append(upTo size: Int, _ write: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows {
    if count + size > capacity {
      capacity = max(count + size, capacity + capacity / 2)
      memory = realloc(memory, capacity)!
    }
    let written = try write(UnsafeMutableRawBufferPointer(start: memory + count, count: size))
    precondition(written >= 0 && written <= size)
    count += written
  }

  consuming func finish() -> Bytes {
    let bytes = Bytes(adopting: UnsafeMutableRawBufferPointer(start: memory, count: count))
    discard self
    return bytes
  }
}

/// Memory for the kernels: zero at first, aligned to a cache line, freed with the object.
final class Buffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  /// Bytes from which on a buffer is allocated in large pages where the system has them: kernels jump from panel to
  /// panel, and the processor's table of pages (TLB) holds too few small pages.
  private static var large: Int { 1 << 17 }
  private static var largePage: Int { 1 << 21 }

  init(_ count: Int) {
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let isLarge = bytes >= Self.large
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: isLarge ? (bytes + Self.largePage - 1) / Self.largePage * Self.largePage : bytes,
      alignment: isLarge ? Self.largePage : 64)
    #if os(Linux)
      if isLarge { madvise(memory.baseAddress!, memory.count, Int32(MADV_HUGEPAGE)) }
    #endif
    memset(memory.baseAddress!, 0, bytes)
    start = memory.baseAddress!.assumingMemoryBound(to: Element.self)
  }

  deinit {
    UnsafeMutableRawPointer(start).deallocate()
  }
}

extension Buffer {
  /// Makes room for at least `count` elements. A buffer that is too small is replaced by a larger one with the same
  /// contents.
  static func reserve(_ buffer: inout Buffer, _ count: Int) {
    guard count > buffer.count else { return }
    let larger = Buffer(max(count, 2 * buffer.count, 64))
    // A pointer into the old buffer doesn't keep it alive.
    withExtendedLifetime(buffer) { larger.start.update(from: buffer.start, count: buffer.count) }
    buffer = larger
  }
}

/// Memory for the kernels: zero at first, aligned to a cache line, freed with the object.
final class Buffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  /// From this size on, memory is asked for in large pages where the system has them: kernels jump from panel to panel, and
  /// of small pages a processor remembers too few.
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
  /// Sees to it that there is room for `count` elements; if there was less, in another buffer that begins with the same.
  static func reserve(_ buffer: inout Buffer, _ count: Int) {
    guard count > buffer.count else { return }
    let larger = Buffer(max(count, 2 * buffer.count, 64))
    // Its pointer alone doesn't keep the old one alive until it is replaced.
    withExtendedLifetime(buffer) { larger.start.update(from: buffer.start, count: buffer.count) }
    buffer = larger
  }
}

/// Memory for the kernels: zero at first, aligned to a cache line, freed with the object.
final class Buffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(_ count: Int) {
    self.count = count
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    start = memory.baseAddress!.assumingMemoryBound(to: Element.self)
  }

  deinit {
    UnsafeMutableRawPointer(start).deallocate()
  }
}

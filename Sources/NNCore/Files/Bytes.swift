/// Immutable bytes: a memory-mapped file, allocated memory, or a slice of either.
///
/// Copies and slices share the memory, which is released with the last of them.
package struct Bytes: Sendable {
  private let owner: Owner
  private let offset: Int
  package let count: Int

  private init(owner: Owner, offset: Int, count: Int) {
    self.owner = owner
    self.offset = offset
    self.count = count
  }

  package init(_ array: [UInt8]) {
    self = Bytes(count: array.count) { target in array.withUnsafeBytes { target.copyMemory(from: $0) } }
  }

  /// Allocates `count` zero bytes, which `fill` then writes.
  package init(count: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
    let memory = UnsafeMutableRawBufferPointer(start: calloc(max(count, 1), 1), count: count)
    self.init(adopting: memory)
    try fill(memory)
  }

  /// Takes ownership of memory that `malloc` or `calloc` allocated.
  init(adopting memory: UnsafeMutableRawBufferPointer) {
    let owner = Owner(UnsafeRawBufferPointer(memory), isMapped: false) {
      free(UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
    self.init(owner: owner, offset: 0, count: memory.count)
  }

  /// Maps the whole of an open regular file of `count` bytes; nil when the system refuses.
  init?(mapping descriptor: Int32, count: Int) {
    guard count > 0 else {
      self.init([])
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { return nil }
    let memory = UnsafeRawBufferPointer(start: start, count: count)
    let owner = Owner(memory, isMapped: true) { munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress!), $0.count) }
    self.init(owner: owner, offset: 0, count: count)
  }

  /// Calls `body` with a pointer for kernels and C functions. The pointer is valid only while `body` runs.
  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(owner) { try body(memory) }
  }

  /// Calls `body` with a span of the bytes.
  package func withSpan<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    try withUnsafeBytes { try body($0.bindMemory(to: UInt8.self).span) }
  }

  /// Tells the system that it may discard the pages of a mapped file from memory. It reads them again on the next
  /// access. A single pass over a large file calls this to keep the process small.
  package func dropPages() {
    guard owner.isMapped, count > 0 else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    // Only whole pages are discarded, because the first and last page may hold bytes of a neighbouring slice.
    let first = (offset + page - 1) / page * page
    let last = offset + count == owner.memory.count ? offset + count : (offset + count) / page * page
    guard first < last else { return }
    madvise(UnsafeMutableRawPointer(mutating: owner.memory.baseAddress! + first), last - first, MADV_DONTNEED)
  }

  private var memory: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: owner.memory[offset..<offset + count]) }

  package subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return withExtendedLifetime(owner) { owner.memory[offset + index] }
  }

  /// A slice that shares the memory.
  package subscript(range: Range<Int>) -> Bytes {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return Bytes(owner: owner, offset: offset + range.lowerBound, count: range.count)
  }

  /// Whether all bytes are zero; true if there are none.
  var isZero: Bool { withUnsafeBytes { $0.allSatisfy { $0 == 0 } } }

  /// Whether `text` stands at `start`.
  package func hasBytes(_ text: [UInt8], at start: Int = 0) -> Bool {
    start + text.count <= count && text.indices.allSatisfy { self[start + $0] == text[$0] }
  }

  private final class Owner: Sendable {
    nonisolated(unsafe) let memory: UnsafeRawBufferPointer
    let isMapped: Bool
    private let release: @Sendable (UnsafeRawBufferPointer) -> Void

    init(
      _ memory: UnsafeRawBufferPointer, isMapped: Bool, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
      (self.memory, self.isMapped, self.release) = (memory, isMapped, release)
    }

    deinit { release(memory) }
  }
}

extension Array where Element == UInt8 {
  package init(_ bytes: Bytes) {
    self = bytes.withUnsafeBytes { Array($0) }
  }
}

extension Bytes {
  /// The integer stored little-endian at `offset`, aligned or not. Traps outside the bytes.
  package func little<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Value.Type = Value.self)
    -> Value
  {
    Value(littleEndian: load(offset))
  }

  /// The integer stored big-endian at `offset`, aligned or not. Traps outside the bytes.
  package func big<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Value.Type = Value.self) -> Value
  {
    Value(bigEndian: load(offset))
  }

  private func load<Value: BitwiseCopyable>(_ place: Int) -> Value {
    precondition(place >= 0 && place <= count - MemoryLayout<Value>.size)
    return withExtendedLifetime(owner) { owner.memory.loadUnaligned(fromByteOffset: offset + place, as: Value.self) }
  }
}

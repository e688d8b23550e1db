import Foundation

/// Memory that ends at a page which may not be touched: whoever goes past the end crashes. What is before the start is
/// filled with a pattern that `isIntact` looks at.
final class GuardedBuffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int
  private let mapping: UnsafeMutableRawPointer
  private let mapped: Int
  private let front: Int

  init(_ count: Int) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let bytes = count * MemoryLayout<Element>.stride
    let usable = (bytes + page - 1) / page * page + page
    mapped = usable + page
    mapping = mmap(nil, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    mprotect(mapping + usable, page, PROT_NONE)
    front = usable - bytes
    memset(mapping, 0xa5, front)
    start = (mapping + front).assumingMemoryBound(to: Element.self)
    self.count = count
  }

  convenience init(_ elements: [Element]) {
    self.init(elements.count)
    for (index, element) in elements.enumerated() { start[index] = element }
  }

  deinit { munmap(mapping, mapped) }

  /// Whether nothing was written before the start.
  var isIntact: Bool {
    (0..<front).allSatisfy { mapping.load(fromByteOffset: $0, as: UInt8.self) == 0xa5 }
  }

  var elements: [Element] { (0..<count).map { start[$0] } }
}

extension GuardedBuffer<Float> {
  /// The numbers of a fixed sequence in -1..<1, another for each seed.
  convenience init(_ count: Int, seed: UInt64) {
    self.init(count)
    var numbers = Numbers(seed: seed)
    for index in 0..<count { start[index] = numbers.next() }
  }
}

/// A linear congruential sequence (Knuth's MMIX).
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
  }

  mutating func bits() -> UInt32 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt32(truncatingIfNeeded: state >> 33)
  }

  /// In -1..<1.
  mutating func next() -> Float { Float(bits() & 0xff_ffff) / Float(1 << 23) - 1 }
}

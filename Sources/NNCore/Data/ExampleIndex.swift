/// A hash table of the distinct examples of a data set, to find duplicates.
package struct ExampleIndex {
  private let dataset: Dataset
  /// Places of the distinct examples, each in the slot of its hash or the next free slot; −1 marks a free slot.
  private var slots: [Int32]
  /// The upper half of each hash, so that few examples need to be compared byte by byte.
  private var tags: [UInt32]
  package private(set) var distinctCount = 0

  /// Number of examples after which the pages of a mapped file are discarded.
  private static let blockLength = 512

  package init(_ dataset: Dataset) {
    self.dataset = dataset
    var size = 16
    while size < 2 * dataset.count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    tags = Array(repeating: 0, count: size)
    for place in 0..<dataset.count {
      let example = dataset.example(place)
      let hash = Self.hash(example)
      let slot = slot(of: example, hash)
      if slots[slot] < 0 {
        slots[slot] = Int32(place)
        tags[slot] = Self.tag(hash)
        distinctCount += 1
      }
      if place % Self.blockLength == 0 { dataset.inputs.bytes.dropPages() }
    }
  }

  /// The number of examples of `other` that this data set has too.
  package func countThere(of other: Dataset) -> Int {
    guard other.inputs.hasShape(of: dataset.inputs) else { return 0 }
    return (0..<other.count).count { place in
      let example = other.example(place)
      defer {
        if place % Self.blockLength == 0 {
          dataset.inputs.bytes.dropPages()
          other.inputs.bytes.dropPages()
        }
      }
      return slots[slot(of: example, Self.hash(example))] >= 0
    }
  }

  /// The slot of an equal example, or a free slot.
  private func slot(of example: Bytes, _ hash: Int) -> Int {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slot] >= 0, tags[slot] != Self.tag(hash) || !isAlike(example, Int(slots[slot])) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isAlike(_ example: Bytes, _ place: Int) -> Bool {
    example.withUnsafeBytes { left in
      dataset.example(place).withUnsafeBytes { memcmp(left.baseAddress!, $0.baseAddress!, left.count) == 0 }
    }
  }

  private static func tag(_ hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

  private static func hash(_ example: Bytes) -> Int {
    var hasher = Hasher()
    example.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

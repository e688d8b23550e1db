/// The different examples of a data set, to find those that occur again.
public struct ExampleIndex {
  private let dataset: Dataset
  /// Places of different examples by the hash of their inputs.
  private var places: [Int: [Int32]] = [:]
  public private(set) var distinctCount = 0

  public init(_ dataset: Dataset) {
    self.dataset = dataset
    for place in 0..<dataset.count {
      let example = dataset.example(place)
      let hash = Self.hash(example)
      if find(example, hash) { continue }
      places[hash, default: []].append(Int32(place))
      distinctCount += 1
    }
  }

  /// How many examples of `other` are here too.
  public func countThere(of other: Dataset) -> Int {
    guard other.inputs.hasShape(of: dataset.inputs) else { return 0 }
    return (0..<other.count).count { place in
      let example = other.example(place)
      return find(example, Self.hash(example))
    }
  }

  private func find(_ example: Bytes, _ hash: Int) -> Bool {
    places[hash]?.contains { place in
      example.withUnsafeBytes { left in
        dataset.example(Int(place)).withUnsafeBytes { memcmp(left.baseAddress!, $0.baseAddress!, left.count) == 0 }
      }
    } ?? false
  }

  private static func hash(_ example: Bytes) -> Int {
    var hasher = Hasher()
    example.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

/// Divides examples into parts in which each class has the same share as in the whole, as near as whole numbers allow.
package enum Stratification {
  /// The examples of each of `count` folds for cross-validation, in their order in the data. The sizes of two folds
  /// differ by one at most, and so do their numbers of examples of a class.
  ///
  /// - Parameters:
  ///   - places: the examples to divide.
  ///   - labels: the labels of all examples; without labels, all examples count as one class.
  ///   - seed: seed of the random order in which the examples of a class are dealt to the folds.
  package static func folds(of places: [Int], labels: [UInt16]?, count: Int, seed: UInt32) -> [[Int]] {
    var random = RandomState(seed: seed)
    var folds = [[Int]](repeating: [], count: count)
    var next = 0
    for var members in classes(of: places, labels) {
      random.shuffle(&members)
      for place in members {
        folds[next].append(place)
        next = (next + 1) % count
      }
    }
    return folds.map { $0.sorted() }
  }

  /// The examples in consecutive parts of the given sizes, each part in the order of `places`.
  ///
  /// - Precondition: the sizes add up to the number of `places` at most.
  package static func parts(of places: [Int], labels: [UInt16]?, sizes: [Int]) -> [[Int]] {
    // An example's rank is the share of its class that comes before it. In the order of ranks, each stretch of examples
    // has the classes in their proportions.
    let indices = classes(of: Array(places.indices), labels.map { labels in places.map { labels[$0] } })
    let ranked = indices.flatMap { members in
      members.enumerated().map { (rank: (Double($0.offset) + 0.5) / Double(members.count), index: $0.element) }
    }
    let order = ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.index)
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return order[start..<start + size].sorted().map { places[$0] }
    }
  }

  /// The examples of each class in their order, by label.
  private static func classes(of places: [Int], _ labels: [UInt16]?) -> [[Int]] {
    guard let labels else { return [places] }
    var classes: [UInt16: [Int]] = [:]
    for place in places { classes[labels[place], default: []].append(place) }
    return classes.sorted { $0.key < $1.key }.map(\.value)
  }
}

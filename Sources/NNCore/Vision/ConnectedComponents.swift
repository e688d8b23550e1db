/// The connected components of a picture's ink: pixels that touch by a side or a corner belong to one component
/// (8-connectivity).
///
/// Labelling is run-based: each row is split into runs of ink, and runs that touch a run of the row above are united in
/// disjoint sets (Rosenfeld and Pfaltz, 1966; by runs: He, Chao and Suzuki, 2008). Time and memory are linear in the
/// pixels and the runs for ink of any shape.
package struct ConnectedComponents {
  /// A horizontal run of ink pixels.
  package struct Run: Equatable {
    package let row: Int32
    package let start: Int32
    /// The column after the last pixel.
    package let end: Int32

    package var columns: Range<Int> { Int(start)..<Int(end) }
  }

  package struct Component {
    package fileprivate(set) var bounds: PixelBox
    /// The number of pixels.
    package fileprivate(set) var area: Int
    /// The sum of the pixels' ink.
    package fileprivate(set) var ink: Float
    /// The indices of the component's runs in `runs`.
    package fileprivate(set) var runs: Range<Int>
  }

  /// The components in the order of their topmost, then leftmost pixels.
  package let components: [Component]
  /// Pixels with more ink than this are labelled.
  package let threshold: Float
  /// All runs, grouped by component, each group from the top row down.
  package let runs: [Run]

  /// Labels the pixels whose ink is above `threshold`.
  package init(_ ink: GreyPicture, above threshold: Float = 0) {
    self.threshold = threshold
    var found: [Run] = []
    var sums: [Float] = []
    var sets = DisjointSets()
    var above = 0..<0
    let values = ink.values.span
    for row in 0..<ink.height {
      let first = found.count
      var candidate = above.lowerBound
      var column = 0
      let (start, width) = (row * ink.width, ink.width)
      while column < width {
        guard values[start + column] > threshold else {
          column += 1
          continue
        }
        let begin = column
        var sum: Float = 0
        while column < width, values[start + column] > threshold {
          sum += values[start + column]
          column += 1
        }
        let number = sets.add()
        found.append(Run(row: Int32(row), start: Int32(begin), end: Int32(column)))
        sums.append(sum)
        // A run touches each run above that ends at its start or later and begins at its end or earlier; this includes
        // corners.
        while candidate < above.upperBound, Int(found[candidate].end) < begin { candidate += 1 }
        var other = candidate
        while other < above.upperBound, Int(found[other].start) <= column {
          sets.unite(number, other)
          other += 1
        }
      }
      above = first..<found.count
    }
    (components, runs) = Self.sorted(found, sums, &sets)
  }

  private static func sorted(_ runs: [Run], _ sums: [Float], _ sets: inout DisjointSets) -> ([Component], [Run]) {
    var numbers = Array(repeating: -1, count: runs.count)
    var owners: [Int] = []
    owners.reserveCapacity(runs.count)
    var components: [Component] = []
    for (place, run) in runs.enumerated() {
      let root = sets.root(of: place)
      let box = PixelBox(columns: run.columns, rows: Int(run.row)..<Int(run.row) + 1)
      if numbers[root] < 0 {
        numbers[root] = components.count
        components.append(Component(bounds: box, area: 0, ink: 0, runs: 0..<0))
      }
      let number = numbers[root]
      owners.append(number)
      components[number].bounds = components[number].bounds.union(box)
      components[number].area += run.columns.count
      components[number].ink += sums[place]
      components[number].runs = 0..<components[number].runs.count + 1
    }
    var next: [Int] = []
    var start = 0
    for number in components.indices {
      let count = components[number].runs.count
      components[number].runs = start..<start + count
      next.append(start)
      start += count
    }
    var order = Array(repeating: 0, count: runs.count)
    for (place, owner) in owners.enumerated() {
      order[next[owner]] = place
      next[owner] += 1
    }
    return (components, order.map { runs[$0] })
  }
}

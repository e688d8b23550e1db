/// The pieces that the ink of a picture falls into: pixels belong to one piece if they touch by a side or a corner.
///
/// Rows are taken as runs of ink, and runs that touch one of the row above are joined in a forest of sets (Rosenfeld
/// and Pfaltz, 1966; by runs: He, Chao and Suzuki, 2008). Time and memory grow with the pixels and the runs, however
/// the ink is shaped.
package struct ConnectedPieces {
  /// Inked pixels side by side.
  package struct Run: Equatable {
    package let row: Int32
    package let start: Int32
    /// Past the last.
    package let end: Int32

    package var columns: Range<Int> { Int(start)..<Int(end) }
  }

  package struct Piece {
    package fileprivate(set) var bounds: PixelBox
    /// Its pixels.
    package fileprivate(set) var area: Int
    /// The sum of their ink.
    package fileprivate(set) var ink: Float
    /// Its part of `runs`.
    package fileprivate(set) var runs: Range<Int>
  }

  /// In the order of their topmost, then leftmost pixels.
  package let pieces: [Piece]
  /// What is drawn is above it.
  package let threshold: Float
  /// Piece after piece, row after row.
  package let runs: [Run]

  /// The pieces of the pixels whose ink is above `threshold`.
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
        // A run touches those above that end at its start or later and begin at its end or earlier: by corners, too.
        while candidate < above.upperBound, Int(found[candidate].end) < begin { candidate += 1 }
        var other = candidate
        while other < above.upperBound, Int(found[other].start) <= column {
          sets.join(number, other)
          other += 1
        }
      }
      above = first..<found.count
    }
    (pieces, runs) = Self.sorted(found, sums, &sets)
  }

  private static func sorted(_ runs: [Run], _ sums: [Float], _ sets: inout DisjointSets) -> ([Piece], [Run]) {
    var numbers = Array(repeating: -1, count: runs.count)
    var owners: [Int] = []
    owners.reserveCapacity(runs.count)
    var pieces: [Piece] = []
    for (place, run) in runs.enumerated() {
      let root = sets.root(of: place)
      let box = PixelBox(columns: run.columns, rows: Int(run.row)..<Int(run.row) + 1)
      if numbers[root] < 0 {
        numbers[root] = pieces.count
        pieces.append(Piece(bounds: box, area: 0, ink: 0, runs: 0..<0))
      }
      let number = numbers[root]
      owners.append(number)
      pieces[number].bounds = pieces[number].bounds.union(box)
      pieces[number].area += run.columns.count
      pieces[number].ink += sums[place]
      pieces[number].runs = 0..<pieces[number].runs.count + 1
    }
    var next: [Int] = []
    var start = 0
    for number in pieces.indices {
      let count = pieces[number].runs.count
      pieces[number].runs = start..<start + count
      next.append(start)
      start += count
    }
    var order = Array(repeating: 0, count: runs.count)
    for (place, owner) in owners.enumerated() {
      order[next[owner]] = place
      next[owner] += 1
    }
    return (pieces, order.map { runs[$0] })
  }
}

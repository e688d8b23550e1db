import FoundationEssentials

/// The segmentation lattice of a line: all ways to group its ink segments into digits, and the search for the best.
///
/// The line is over-segmented: it has more segments than digits, and a digit is a group of neighbouring segments. The
/// cost of a group is the negative log probability of its best class, plus penalties for cuts through strokes, for
/// joining separate components and for sizes that digits rarely have. The Viterbi algorithm finds the path of minimum
/// cost (Fujisawa, Nakano and Kurino, 1992; the segmentation graph of LeCun et al., 1998, section V).
struct DigitLattice {
  /// An edge of the lattice: the segments `first` to `last`, read as one digit.
  struct Group {
    let first: Int
    let last: Int
    let bounds: PixelBox
    /// The penalty for the shape, independent of the classifier's answer.
    let shapeCost: Double

    var range: ClosedRange<Int> { first...last }
  }

  let segments: [InkSegment]
  /// All groups that may be digits, ordered by their first segment.
  let groups: [Group]
  /// For each segment, the penalty for a boundary between digits behind it.
  private let endCosts: [Double]
  /// For each segment, the penalty for skipping it as noise.
  private let skipCosts: [Double]

  /// Penalties in nats, tuned on numbers made of MNIST's training digits that stand apart, close together or touch.
  private enum Cost {
    /// A boundary between digits within a component, and the addition for each stroke that its cut crosses.
    static let cut = 0.65
    static let strokeCut = 0.95
    /// A digit of components that share no columns, and the addition for each digit height of distance between them.
    static let join = 1.3
    static let apart = 30.0
    /// Two digits that fully overlap in columns.
    static let overlap = 2.2
    /// A digit that is too low, for each digit height.
    static let low = 15.0
    /// A digit that is too wide, for each of its heights.
    static let wide = 4.0
    /// A skipped component, and the addition for each usual digit's amount of ink.
    static let skip = 0.2
    static let skippedInk = 23.0
  }

  /// The minimum penalty of a cut through a component.
  static let minimumCutCost = Cost.cut

  /// Smaller probabilities are raised to this, so that one answer can't rule out a path.
  private static let minimumProbability = 0.002

  /// - Parameters:
  ///   - segments: the line's segments from left to right.
  ///   - height: the usual digit's height in pixels.
  ///   - ink: the usual digit's sum of ink.
  init(_ segments: [InkSegment], height: Double, ink: Double) {
    self.segments = segments
    var groups: [Group] = []
    for first in segments.indices {
      var bounds = segments[first].bounds
      var joinCost = 0.0
      for last in first..<min(segments.count, first + 12) {
        if last > first {
          bounds = bounds.union(segments[last].bounds)
          joinCost += Self.joinCost(segments[first..<last], segments[last], height)
          let isOnePiece = segments[first].component == segments[last].component
          guard Double(bounds.width) <= 1.6 * height || isOnePiece, joinCost < 6 else { break }
        }
        groups.append(
          Group(first: first, last: last, bounds: bounds, shapeCost: joinCost + Self.sizeCost(bounds, height)))
      }
    }
    self.groups = groups
    endCosts = segments.indices.map { Self.endCost(segments, $0) }
    skipCosts = segments.map { $0.isWhole ? Cost.skip + Cost.skippedInk * Double($0.ink) / ink : .infinity }
  }

  /// The penalty for a digit's size.
  static func sizeCost(_ bounds: PixelBox, _ height: Double) -> Double {
    let (tall, wide) = (Double(bounds.height) / height, Double(bounds.width) / max(height, Double(bounds.height)))
    return Cost.low * max(0, 0.6 - tall) + Cost.low / 2 * max(0, tall - 1.7)
      + Cost.wide * max(0, wide - 0.82)
  }

  /// The penalty for adding the segment `next` to the digit that `segments` form: the minimum over its neighbours.
  private static func joinCost(_ segments: ArraySlice<InkSegment>, _ next: InkSegment, _ height: Double) -> Double {
    if segments.contains(where: { $0.component == next.component }) { return 0 }
    return segments.map { segment in
      let (across, down) = (segment.bounds.gapAcross(to: next.bounds), segment.bounds.gapDown(to: next.bounds))
      let narrower = Double(min(segment.bounds.width, next.bounds.width))
      let shared = min(1, Double(max(0, -across)) / narrower)
      let distance = Double(max(0, across) + max(0, down)) / height
      return Cost.join * (1 - shared) + Cost.apart * distance
    }.min()!
  }

  /// The penalty for a boundary between two digits behind the segment at `place`.
  private static func endCost(_ segments: [InkSegment], _ place: Int) -> Double {
    let (left, right) = (
      segments[max(0, place - 3)...place], segments[min(place + 1, segments.count)..<min(place + 5, segments.count)]
    )
    var cost = 0.0
    var overlap = 0.0
    for a in left {
      for b in right {
        if a.component == b.component {
          if b.place == a.place + 1 { cost += Cost.cut + Cost.strokeCut * a.strokesCut }
        } else {
          let narrower = Double(min(a.bounds.width, b.bounds.width))
          overlap = max(overlap, Double(-a.bounds.gapAcross(to: b.bounds)) / narrower)
        }
      }
    }
    return cost + Cost.overlap * max(0, min(1, overlap) - 0.35)
  }

  /// The path of minimum cost through the lattice (Viterbi): indices of groups from left to right.
  ///
  /// - Parameter answers: the classifier's answer for each group.
  func bestPath(_ answers: [DigitAnswer]) -> [Int] {
    // The minimum cost of reading all segments before each place, and the last step of that path.
    var costs = Array(repeating: Double.infinity, count: segments.count + 1)
    var steps: [(from: Int, group: Int?)] = Array(repeating: (0, nil), count: segments.count + 1)
    costs[0] = 0
    var next = 0
    for place in segments.indices {
      let skipped = costs[place] + skipCosts[place]
      if skipped < costs[place + 1] {
        costs[place + 1] = skipped
        steps[place + 1] = (place, nil)
      }
      while next < groups.count, groups[next].first == place {
        let group = groups[next]
        let cost = costs[place] + group.shapeCost + Self.cost(of: answers[next]) + endCosts[group.last]
        if cost < costs[group.last + 1] {
          costs[group.last + 1] = cost
          steps[group.last + 1] = (place, next)
        }
        next += 1
      }
    }
    var path: [Int] = []
    var place = segments.count
    while place > 0 {
      if let group = steps[place].group { path.append(group) }
      place = steps[place].from
    }
    return path.reversed()
  }

  /// The negative log probability of an answer's class.
  static func cost(of answer: DigitAnswer) -> Double { -log(max(Double(answer.probability), minimumProbability)) }
}

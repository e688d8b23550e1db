import FoundationEssentials

/// All ways to read a line of ink as digits, and the best of them.
///
/// The line is a row of parts, more of them than digits: a digit is some parts side by side. Each such group has a
/// cost, the negative logarithm of what the network takes it for, and of how it would come about: by cutting through
/// strokes, by joining what is apart, by a size that digits rarely have. The cheapest row of groups is found by dynamic
/// programming (Fujisawa, Nakano and Kurino, 1992; the segmentation graph of LeCun et al., 1998, section V).
struct DigitLattice {
  /// Parts `first` to `last`, taken as one digit.
  struct Group {
    let first: Int
    let last: Int
    let bounds: PixelBox
    /// What its shape costs, before it is known what it looks like.
    let shapeCost: Double

    var range: ClosedRange<Int> { first...last }
  }

  let parts: [InkPart]
  /// All that may be digits.
  let groups: [Group]
  /// For each part, what it costs to end a digit with it.
  private let endCosts: [Double]
  /// For each part, what it costs to take it for none of a digit.
  private let skipCosts: [Double]

  /// What is unlikely, in nats; chosen by trial on numbers of MNIST's training digits, apart, close, touching.
  private enum Price {
    /// A digit ends within a piece, and again for each stroke cut.
    static let cut = 0.65
    static let strokeCut = 0.95
    /// Pieces are one digit that don't share columns, and again for each height of a digit between them.
    static let join = 1.3
    static let apart = 30.0
    /// Pieces are two digits that stand in the same columns.
    static let overlap = 2.2
    /// A digit is lower than most by a height.
    static let low = 15.0
    /// A digit is wider than most by a height.
    static let wide = 4.0
    /// A piece is none of a digit, and again for each digit's worth of ink that it has.
    static let skip = 0.2
    static let skippedInk = 23.0
  }

  /// The least that a cut through a piece costs.
  static let leastCutCost = Price.cut

  /// The least probability that is believed.
  private static let leastProbability = 0.002

  /// - Parameters:
  ///   - parts: from left to right.
  ///   - height: of a usual digit.
  ///   - ink: of a usual digit.
  init(_ parts: [InkPart], height: Double, ink: Double) {
    self.parts = parts
    var groups: [Group] = []
    for first in parts.indices {
      var bounds = parts[first].bounds
      var joinCost = 0.0
      for last in first..<min(parts.count, first + 12) {
        if last > first {
          bounds = bounds.union(parts[last].bounds)
          joinCost += Self.joinCost(parts[first..<last], parts[last], height)
          let isOnePiece = parts[first].piece == parts[last].piece
          guard Double(bounds.width) <= 1.6 * height || isOnePiece, joinCost < 6 else { break }
        }
        groups.append(
          Group(first: first, last: last, bounds: bounds, shapeCost: joinCost + Self.sizeCost(bounds, height)))
      }
    }
    self.groups = groups
    endCosts = parts.indices.map { Self.endCost(parts, $0) }
    skipCosts = parts.map { $0.isWhole ? Price.skip + Price.skippedInk * Double($0.ink) / ink : .infinity }
  }

  /// What it costs a digit to be of such a size.
  static func sizeCost(_ bounds: PixelBox, _ height: Double) -> Double {
    let (tall, wide) = (Double(bounds.height) / height, Double(bounds.width) / max(height, Double(bounds.height)))
    return Price.low * max(0, 0.6 - tall) + Price.low / 2 * max(0, tall - 1.7)
      + Price.wide * max(0, wide - 0.82)
  }

  /// What it costs to take `next` for a part of the digit that `parts` are.
  private static func joinCost(_ parts: ArraySlice<InkPart>, _ next: InkPart, _ height: Double) -> Double {
    if parts.contains(where: { $0.piece == next.piece }) { return 0 }
    return parts.map { part in
      let (across, down) = (part.bounds.gapAcross(to: next.bounds), part.bounds.gapDown(to: next.bounds))
      let narrower = Double(min(part.bounds.width, next.bounds.width))
      let shared = min(1, Double(max(0, -across)) / narrower)
      let distance = Double(max(0, across) + max(0, down)) / height
      return Price.join * (1 - shared) + Price.apart * distance
    }.min()!
  }

  /// What it costs that a digit ends with the part at `place` and another begins.
  private static func endCost(_ parts: [InkPart], _ place: Int) -> Double {
    let (left, right) = (
      parts[max(0, place - 3)...place], parts[min(place + 1, parts.count)..<min(place + 5, parts.count)]
    )
    var cost = 0.0
    var overlap = 0.0
    for a in left {
      for b in right {
        if a.piece == b.piece {
          if b.place == a.place + 1 { cost += Price.cut + Price.strokeCut * a.strokesCut }
        } else {
          let narrower = Double(min(a.bounds.width, b.bounds.width))
          overlap = max(overlap, Double(-a.bounds.gapAcross(to: b.bounds)) / narrower)
        }
      }
    }
    return cost + Price.overlap * max(0, min(1, overlap) - 0.35)
  }

  /// The best way to read the line: groups from left to right.
  ///
  /// - Parameter answers: what the network takes each group for.
  func best(_ answers: [DigitAnswer]) -> [Int] {
    // The cheapest way to have read all before each part, and its last step.
    var costs = Array(repeating: Double.infinity, count: parts.count + 1)
    var steps: [(from: Int, group: Int?)] = Array(repeating: (0, nil), count: parts.count + 1)
    costs[0] = 0
    var next = 0
    for place in parts.indices {
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
    var way: [Int] = []
    var place = parts.count
    while place > 0 {
      if let group = steps[place].group { way.append(group) }
      place = steps[place].from
    }
    return way.reversed()
  }

  /// What it costs that a group is what the network takes it for.
  static func cost(of answer: DigitAnswer) -> Double { -log(max(Double(answer.probability), leastProbability)) }
}

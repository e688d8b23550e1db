/// Text line detection: groups the connected components of a page into lines.
///
/// Each component as tall as a digit is linked to its nearest neighbour on the right at the same height. The resulting
/// chains are merged where one continues another along its slope, across gaps of any width.
package struct TextLines {
  /// The indices of each line's boxes in ascending order; the lines from the top.
  package let lines: [[Int]]

  /// - Parameters:
  ///   - boxes: the bounding boxes of the components.
  ///   - height: the usual height of a digit in pixels.
  package init(_ boxes: [PixelBox], height: Double) {
    let tall = boxes.indices.filter { Double(boxes[$0].height) >= 0.45 * height }
    var lines: [Line] = []
    let chains = Self.chains(tall, boxes, height)
    let slope = Self.slope(of: chains, boxes, height)
    for chain in chains.sorted(by: { Self.span($0, boxes) > Self.span($1, boxes) }) {
      let own = Line(chain, boxes, pageSlope: slope, height: height)
      let fits = lines.indices.filter { lines[$0].continues(in: own, boxes, height: height) }
      if let best = fits.min(by: { lines[$0].distance(to: own) < lines[$1].distance(to: own) }) {
        lines[best] = Line(lines[best].members + chain, boxes, pageSlope: slope, height: height)
      } else {
        lines.append(own)
      }
    }
    // Small components, such as bars of digits and broken strokes, are added to the nearest line.
    var additions = Array(repeating: [Int](), count: lines.count)
    for small in boxes.indices where Double(boxes[small].height) < 0.45 * height {
      let box = boxes[small]
      let near = lines.indices.filter { lines[$0].isNear(box, height: height) }
      let best = near.min {
        abs(lines[$0].y(at: box.middleX) - box.middleY) < abs(lines[$1].y(at: box.middleX) - box.middleY)
      }
      if let best { additions[best].append(small) }
    }
    let middle = boxes.isEmpty ? 0 : boxes.reduce(0) { $0 + $1.middleX } / Double(boxes.count)
    self.lines = lines.indices.sorted { lines[$0].y(at: middle) < lines[$1].y(at: middle) }
      .map { (lines[$0].members + additions[$0]).sorted() }
  }

  /// The width of the boxes of a chain in total.
  private static func span(_ chain: [Int], _ boxes: [PixelBox]) -> Int {
    chain.dropFirst().reduce(boxes[chain[0]]) { $0.union(boxes[$1]) }.width
  }

  /// Links each tall component with its nearest neighbour on the right, and returns the chains.
  private static func chains(_ tall: [Int], _ boxes: [PixelBox], _ height: Double) -> [[Int]] {
    let order = tall.sorted { boxes[$0].middleX < boxes[$1].middleX }
    var sets = DisjointSets(count: order.count)
    for (place, number) in order.enumerated() {
      let box = boxes[number]
      var nearest: (place: Int, distance: Double)?
      for next in order.indices.dropFirst(place + 1) {
        let other = boxes[order[next]]
        // A wide box may begin nearby although its middle is far to the right.
        if other.middleX - box.middleX > 12 * height { break }
        let gap = Double(max(0, box.gapAcross(to: other)))
        let shared = -Double(box.gapDown(to: other))
        guard gap <= 2.5 * height, shared >= 0.4 * Double(min(box.height, other.height)) else { continue }
        let distance = gap + abs(box.middleY - other.middleY)
        if nearest.map({ distance < $0.distance }) ?? true { nearest = (next, distance) }
      }
      if let nearest { sets.unite(place, nearest.place) }
    }
    return sets.allSets().map { $0.map { order[$0] } }
  }

  /// The page's slope: the median of the slopes of long chains, weighted by their widths; 0 without long chains.
  private static func slope(of chains: [[Int]], _ boxes: [PixelBox], _ height: Double) -> Double {
    let long = chains.filter { $0.count >= 3 && Double(span($0, boxes)) >= 2.5 * height }
    let slopes = long.map { (slope: Line.fit($0, boxes).slope, weight: Double(span($0, boxes))) }
    return weightedMedian(slopes.map { ($0.slope, $0.weight) }) ?? 0
  }

  private struct Line {
    let members: [Int]
    let bounds: PixelBox
    private let centre: (x: Double, y: Double)
    private let slope: Double

    init(_ members: [Int], _ boxes: [PixelBox], pageSlope: Double, height: Double) {
      self.members = members
      bounds = members.dropFirst().reduce(boxes[members[0]]) { $0.union(boxes[$1]) }
      let fit = Self.fit(members, boxes)
      centre = fit.centre
      // Digits differ in height, so the slope of a few is unreliable.
      let isLong = members.count >= 3 && Double(bounds.width) >= 4 * height
      slope = isLong ? min(max(fit.slope, -0.35), 0.35) : pageSlope
    }

    /// Fits a straight line through the middles of boxes by linear least squares.
    static func fit(_ members: [Int], _ boxes: [PixelBox]) -> (centre: (x: Double, y: Double), slope: Double) {
      let count = Double(members.count)
      let x = members.reduce(0) { $0 + boxes[$1].middleX } / count
      let y = members.reduce(0) { $0 + boxes[$1].middleY } / count
      var (square, product) = (0.0, 0.0)
      for member in members {
        square += (boxes[member].middleX - x) * (boxes[member].middleX - x)
        product += (boxes[member].middleX - x) * (boxes[member].middleY - y)
      }
      return ((x, y), square > 0 ? product / square : 0)
    }

    /// The row of the line's middle at a column.
    func y(at x: Double) -> Double { centre.y + slope * (x - centre.x) }

    /// The vertical distance of two lines, measured halfway between their centres.
    func distance(to other: Line) -> Double {
      let between = (centre.x + other.centre.x) / 2
      return abs(y(at: between) - other.y(at: between))
    }

    /// Whether `other` is a continuation of this line.
    func continues(in other: Line, _ boxes: [PixelBox], height: Double) -> Bool {
      // The tolerance grows with the gap, as the extrapolation becomes less certain.
      let gap = Double(max(0, bounds.gapAcross(to: other.bounds)))
      guard distance(to: other) <= min(0.5 * height + 0.03 * gap, 0.75 * height) else { return false }
      // Two lines stay apart if boxes of them are one above the other: they share columns, but hardly any rows.
      return !other.members.contains { new in
        members.contains { old in
          boxes[new].gapAcross(to: boxes[old]) < 0 && Double(boxes[new].gapDown(to: boxes[old])) >= -0.1 * height
        }
      }
    }

    /// Whether a small box is near enough to belong to the line.
    func isNear(_ box: PixelBox, height: Double) -> Bool {
      abs(y(at: box.middleX) - box.middleY) <= 0.8 * height && Double(box.gapAcross(to: bounds)) <= height
    }
  }
}

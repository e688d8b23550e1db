extension Canvas {
  /// Draws an anti-aliased polyline through `points`, `width` pixels wide, with round caps and joins.
  package mutating func line(_ points: [CanvasPoint], width: Double, _ color: Color) {
    if points.count == 1 { return disc(points[0], radius: width / 2, color) }
    for (start, end) in zip(points, points.dropFirst()) {
      let reach = width / 2 + 1
      paint(
        from: CanvasPoint(x: min(start.x, end.x) - reach, y: min(start.y, end.y) - reach),
        to: CanvasPoint(x: max(start.x, end.x) + reach, y: max(start.y, end.y) + reach), color
      ) { width / 2 - $0.distance(from: start, to: end) }
    }
  }

  /// Draws a filled circle.
  package mutating func disc(_ centre: CanvasPoint, radius: Double, _ color: Color) {
    let reach = radius + 1
    paint(
      from: CanvasPoint(x: centre.x - reach, y: centre.y - reach),
      to: CanvasPoint(x: centre.x + reach, y: centre.y + reach), color
    ) { radius - $0.distance(from: centre, to: centre) }
  }

  /// Paints the pixels of a rectangle by how far their middles are within a shape.
  private mutating func paint(
    from upper: CanvasPoint, to lower: CanvasPoint, _ color: Color, depth: (CanvasPoint) -> Double
  ) {
    let (left, top) = (max(Int(upper.x.rounded(.down)), 0), max(Int(upper.y.rounded(.down)), 0))
    let (right, bottom) = (min(Int(lower.x.rounded(.up)), self.width), min(Int(lower.y.rounded(.up)), height))
    guard left < right, top < bottom else { return }
    for y in top..<bottom {
      for x in left..<right {
        let depth = depth(CanvasPoint(x: Double(x) + 0.5, y: Double(y) + 0.5))
        // Pixels on the shape's border get a share of the colour.
        blend(x, y, color, share: Float(min(max(depth + 0.5, 0), 1)))
      }
    }
  }
}

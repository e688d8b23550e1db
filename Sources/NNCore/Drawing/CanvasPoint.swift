/// A point of a canvas or figure: x to the right, y down.
package struct CanvasPoint: Sendable, Equatable {
  package let x: Double
  package let y: Double

  package init(x: Double, y: Double) {
    (self.x, self.y) = (x, y)
  }

  /// The distance from the line segment between `start` and `end`.
  func distance(from start: CanvasPoint, to end: CanvasPoint) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let square = dx * dx + dy * dy
    let share = square == 0 ? 0 : min(max(((x - start.x) * dx + (y - start.y) * dy) / square, 0), 1)
    let (left, up) = (x - start.x - share * dx, y - start.y - share * dy)
    return (left * left + up * up).squareRoot()
  }
}

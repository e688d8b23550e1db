/// One handwritten digit: the strokes of a template with random variations of shape and pen.
struct Handwriting {
  struct Point {
    var x: Float
    var y: Float
    /// The width of the stroke at this point as a multiple of the pen width.
    var pressure: Float
  }

  /// The strokes as polylines, fine enough to look like curves.
  private(set) var strokes: [[Point]] = []
  /// The width of the pen in pixels of MNIST's box, which is 20 pixels high.
  let penWidth: Float
  /// The width in pixels of the soft edge of a stroke.
  let softness: Float

  /// The number of line segments between two control points.
  private static let steps = 6

  init(of hand: DigitHands.Hand, _ random: inout IndexedRandom) {
    let penWidth = min(max(random.normal(2.7, 0.593), 1.14), 4.17)
    softness = random.uniform(0.347...0.727)
    let wobble = max(random.normal(0.0412, 0.0126), 0)
    let elastic = ElasticDistortion(strength: max(random.normal(0.0286, 0.0113), 0), &random)
    let affine = AffineTransform(&random)
    // The pen of a narrow digit is thin, so that the loops of an 8 stay open.
    self.penWidth = min(penWidth, 4.2 * affine.width)
    let warp = QuadraticWarp(&random)
    for stroke in hand.strokes {
      // Each stroke of several has a small offset.
      let (offsetX, offsetY) = hand.strokes.count > 1 ? (random.normal(0, 0.0284), random.normal(0, 0.0284)) : (0, 0)
      var points = stroke.points.map { point in
        (
          x: point.x + random.normal(0, wobble) + offsetX, y: point.y + random.normal(0, wobble) + offsetY,
          isCorner: point.isCorner
        )
      }
      Self.extendEnds(of: &points, by: random.normal(0, 0.1), random.normal(0, 0.1))
      let (start, middle, end) = (random.normal(0.772, 0.232), random.normal(1, 0.0993), random.normal(0.887, 0.149))
      var curve = Self.curve(points)
      for place in curve.indices {
        let way = Float(place) / Float(max(curve.count - 1, 1))
        let pressure = way < 0.5 ? start + (middle - start) * 2 * way : middle + (end - middle) * (2 * way - 1)
        curve[place].pressure = min(max(pressure, 0.5), 1.6)
        let warped = warp.applied(curve[place].x, curve[place].y)
        let (x, y) = elastic.applied(warped.x, warped.y)
        (curve[place].x, curve[place].y) = affine.applied(x, y)
      }
      strokes.append(curve)
    }
  }

  /// Extends or shortens both ends of a stroke, by twice the given shares of their last line segments.
  private static func extendEnds(
    of points: inout [(x: Float, y: Float, isCorner: Bool)], by start: Float, _ end: Float
  ) {
    let last = points.count - 1
    guard last > 0 else { return }
    for (place, neighbour, share) in [(0, 1, start), (last, last - 1, end)] {
      points[place].x += share * (points[place].x - points[neighbour].x) * 2
      points[place].y += share * (points[place].y - points[neighbour].y) * 2
    }
  }

  /// The Catmull-Rom spline (1974) through the control points, interrupted at corners.
  private static func curve(_ points: [(x: Float, y: Float, isCorner: Bool)]) -> [Point] {
    var curve: [Point] = []
    for place in 0..<points.count - 1 {
      let (one, two) = (points[place], points[place + 1])
      let before = place == 0 || one.isCorner ? one : points[place - 1]
      let after = place + 2 == points.count || two.isCorner ? two : points[place + 2]
      for step in 0..<steps {
        let t = Float(step) / Float(steps)
        func along(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float {
          let cubic = (3 * (b - c) + d - a) * t
          return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + cubic))
        }
        curve.append(
          Point(x: along(before.x, one.x, two.x, after.x), y: along(before.y, one.y, two.y, after.y), pressure: 1))
      }
    }
    let end = points[points.count - 1]
    return curve + [Point(x: end.x, y: end.y, pressure: 1)]
  }
}

/// A random affine transform: width, slant and rotation.
private struct AffineTransform {
  /// The width as a multiple of the height.
  let width: Float
  private let (xx, xy, yx, yy): (Float, Float, Float, Float)

  init(_ random: inout IndexedRandom) {
    width = min(max(random.normal(0.8, 0.199), 0.632), 2.23)
    // Most slants are to the right.
    let slant = random.normal(0.105, 0.191)
    // The tangent of half the angle gives sine and cosine by exact operations, so results are the same on any machine.
    let half = random.normal(0, 0.0586)
    let (cosine, sine) = ((1 - half * half) / (1 + half * half), 2 * half / (1 + half * half))
    // The product of rotation, shear and scaling.
    (xx, xy) = (cosine * width, -cosine * slant - sine)
    (yx, yy) = (sine * width, cosine - sine * slant)
  }

  func applied(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
    (xx * (x - 0.5) + xy * (y - 0.5), yx * (x - 0.5) + yy * (y - 0.5))
  }
}

/// A random quadratic warp: one half of the digit larger than the other, and the middle shifted.
private struct QuadraticWarp {
  private let (x, y, xByY): (Float, Float, Float)

  init(_ random: inout IndexedRandom) {
    (x, y, xByY) = (random.normal(0, 0.258), random.normal(0, 0.22), random.normal(0, 0.275))
  }

  func applied(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
    let widened = (x - 0.5) * (1 + xByY * (y - 0.5)) + 0.5
    return (widened + self.x * widened * (1 - widened), y + self.y * y * (1 - y))
  }
}

/// A random elastic distortion: displacements at the points of a grid, smoothly interpolated in between.
private struct ElasticDistortion {
  private let shifts: [(x: Float, y: Float)]

  private static let cells = 3

  init(strength: Float, _ random: inout IndexedRandom) {
    shifts = (0..<(Self.cells + 1) * (Self.cells + 1)).map { _ in
      (random.normal(0, strength), random.normal(0, strength))
    }
  }

  func applied(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
    let (column, right) = Self.place(x)
    let (row, down) = Self.place(y)
    let at = row * (Self.cells + 1) + column
    let (a, b, c, d) = (shifts[at], shifts[at + 1], shifts[at + Self.cells + 1], shifts[at + Self.cells + 2])
    func between(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float {
      (a + (b - a) * right) * (1 - down) + (c + (d - c) * right) * down
    }
    return (x + between(a.x, b.x, c.x, d.x), y + between(a.y, b.y, c.y, d.y))
  }

  /// The cell that holds a position, and the position within the cell, 0…1, eased by the smoothstep polynomial.
  private static func place(_ position: Float) -> (cell: Int, way: Float) {
    let scaled = min(max(position, 0), 0.9999) * Float(cells)
    let cell = Int(scaled)
    let way = scaled - Float(cell)
    return (cell, way * way * (3 - 2 * way))
  }
}

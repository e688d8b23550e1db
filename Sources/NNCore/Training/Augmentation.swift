/// Random affine distortions of pictures: rotation, shear, scaling and translation. A network
/// that never sees a picture twice learns the digit, not the picture.
package struct Augmentation: PictureRedrawing {
  private let seed: UInt32
  private let rows: Int
  private let columns: Int

  /// - Parameters:
  ///   - seed: together with the step and the example's place it determines the distortion.
  ///   - rows: rows of each picture.
  package init(seed: UInt32, rows: Int, columns: Int) {
    (self.seed, self.rows, self.columns) = (seed, rows, columns)
  }

  /// Draws `picture` distorted, by linear interpolation.
  ///
  /// - Parameters:
  ///   - place: the example's place in the data.
  ///   - step: the number of the update, from 1.
  package func draw(_ picture: Span<UInt8>, place: Int, step: Int, into target: inout MutableSpan<UInt8>) {
    var random = IndexedRandom(seed: seed, place: place &+ step &* 0x1_0000_0001)
    let (width, height) = (random.uniform(0.85...1.15), random.uniform(0.85...1.15))
    let lean = random.uniform(-0.2...0.2)
    // The tangent of half the angle: up to 11 degrees.
    let half = random.uniform(-0.1...0.1)
    let (cosine, sine) = ((1 - half * half) / (1 + half * half), 2 * half / (1 + half * half))
    // The inverse map, from each new pixel to its source, both seen from the centre: scaling, shear and rotation
    // undone.
    let (xByX, xByY) = ((cosine - lean * sine) / width, (sine + lean * cosine) / width)
    let (yByX, yByY) = (-sine / height, cosine / height)
    let shift = (x: random.uniform(-1.5...1.5), y: random.uniform(-1.5...1.5))
    let middle = (x: Float(columns - 1) / 2, y: Float(rows - 1) / 2)
    // The picture with a border of zeros; at the top and the left the border is one pixel wide.
    let stride = columns + 2
    let bordered = bordered(picture)
    let source = bordered.span
    for row in 0..<rows {
      let down = Float(row) - middle.y - shift.y
      // Coordinates in the picture with its border, so that −1 in the picture is 0 here.
      let (startX, startY) = (middle.x + xByY * down + 1, middle.y + yByY * down + 1)
      for column in 0..<columns {
        let right = Float(column) - middle.x - shift.x
        let (x, y) = (startX + xByX * right, startY + yByX * right)
        guard x > 0, y > 0, x < Float(columns + 1), y < Float(rows + 1) else {
          target[unchecked: row * columns + column] = 0
          continue
        }
        let (left, top) = (Int32(x), Int32(y))
        let place = Int(top) * stride + Int(left)
        let (across, below) = (x - Float(left), y - Float(top))
        let (a, b) = (source[unchecked: place], source[unchecked: place + 1])
        let (c, d) = (source[unchecked: place + stride], source[unchecked: place + stride + 1])
        let upper = a + (b - a) * across
        let lower = c + (d - c) * across
        target[unchecked: row * columns + column] = UInt8(
          truncatingIfNeeded: Int32(upper + (lower - upper) * below + 0.5))
      }
    }
  }

  private func bordered(_ picture: Span<UInt8>) -> [Float] {
    let stride = columns + 2
    return [Float](unsafeUninitializedCapacity: stride * (rows + 2)) { values, count in
      count = stride * (rows + 2)
      values.initialize(repeating: 0)
      for row in 0..<rows {
        for column in 0..<columns {
          values[(row + 1) * stride + column + 1] = Float(picture[unchecked: row * columns + column])
        }
      }
    }
  }
}

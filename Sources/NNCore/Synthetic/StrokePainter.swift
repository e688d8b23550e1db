/// Rasterizes a handwritten digit with a round pen at MNIST's size: its longer side is the 20 pixels of the box, ink is
/// 1 on 0, and edges are anti-aliased.
enum StrokePainter {
  /// The picture of a digit, cropped to its bounding box.
  static func paint(_ writing: Handwriting) -> GreyPicture {
    let points = writing.strokes.joined()
    let (left, right) = (points.map(\.x).min()!, points.map(\.x).max()!)
    let (top, bottom) = (points.map(\.y).min()!, points.map(\.y).max()!)
    let box = Float(DigitNormalizer.box)
    let pen = writing.penWidth
    let scale = (box - pen) / max(right - left, bottom - top, 0.01)
    func length(_ extent: Float) -> Int { min(DigitNormalizer.box, Int((extent * scale + pen).rounded(.up))) }
    let (width, height) = (length(right - left), length(bottom - top))
    var values = [Float](repeating: 0, count: width * height)
    for stroke in writing.strokes {
      for (one, two) in zip(stroke, stroke.dropFirst()) {
        let line = Line(
          x1: (one.x - left) * scale + pen / 2, y1: (one.y - top) * scale + pen / 2,
          x2: (two.x - left) * scale + pen / 2, y2: (two.y - top) * scale + pen / 2,
          radius1: one.pressure * pen / 2, radius2: two.pressure * pen / 2)
        line.paint(onto: &values, width: width, height: height, softness: writing.softness)
      }
    }
    return GreyPicture(width: width, height: height, values: values)
  }

  /// A segment of a stroke: a line with round ends whose radius changes linearly along it.
  private struct Line {
    let (x1, y1, x2, y2): (Float, Float, Float, Float)
    let (radius1, radius2): (Float, Float)

    init(x1: Float, y1: Float, x2: Float, y2: Float, radius1: Float, radius2: Float) {
      (self.x1, self.y1, self.x2, self.y2) = (x1, y1, x2, y2)
      (self.radius1, self.radius2) = (radius1, radius2)
    }

    /// Raises each pixel to the share that the line covers, estimated from the distance of its centre to the edge.
    func paint(onto values: inout [Float], width: Int, height: Int, softness: Float) {
      let reach = max(radius1, radius2) + softness / 2
      let columns = Self.pixels(min(x1, x2) - reach, max(x1, x2) + reach, width)
      let rows = Self.pixels(min(y1, y2) - reach, max(y1, y2) + reach, height)
      let (dx, dy) = (x2 - x1, y2 - y1)
      let square = max(dx * dx + dy * dy, 1e-12)
      for row in rows {
        let y = Float(row) + 0.5 - y1
        for column in columns {
          let x = Float(column) + 0.5 - x1
          let way = min(max((x * dx + y * dy) / square, 0), 1)
          let (ex, ey) = (x - way * dx, y - way * dy)
          let depth = radius1 + way * (radius2 - radius1) - (ex * ex + ey * ey).squareRoot()
          let share = min(max(depth / softness + 0.5, 0), 1)
          if share > values[row * width + column] { values[row * width + column] = share }
        }
      }
    }

    /// The pixels that an interval touches, within 0..<`count`.
    private static func pixels(_ from: Float, _ to: Float, _ count: Int) -> Range<Int> {
      let start = min(max(Int(from.rounded(.down)), 0), count)
      return start..<min(max(Int(to.rounded(.up)), start), count)
    }
  }
}

import NNCore

extension Figure {
  /// The lines of width 2 drawn with `paint`.
  func lines(_ paint: Paint) -> [[CanvasPoint]] {
    marks.compactMap { if case .line(let points, paint, width: 2) = $0 { points } else { nil } }
  }

  /// All texts in drawing order.
  var texts: [String] {
    marks.compactMap { if case .text(let text, _, _, _, _, _) = $0 { text } else { nil } }
  }
}

extension Canvas {
  /// The number of pixels of a colour and their bounding box; nil without such pixels.
  ///
  /// - Parameter legend: the number of rows at the bottom to ignore.
  func find(_ color: Color, legend: Int = 0) -> (count: Int, box: Box)? {
    let pixel = [color.red, color.green, color.blue]
    var (count, left, right, top, bottom) = (0, Int.max, -1, Int.max, -1)
    samples.withUnsafeBufferPointer { samples in
      for place in 0..<width * (height - legend)
      where samples[3 * place] == pixel[0] && samples[3 * place + 1] == pixel[1] && samples[3 * place + 2] == pixel[2] {
        let (x, y) = (place % width, place / width)
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        count += 1
      }
    }
    return count == 0 ? nil : (count, Box(x: left, y: top, width: right - left + 1, height: bottom - top + 1))
  }
}

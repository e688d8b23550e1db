/// A vector drawing of lines, rectangles, dots and text, to be rendered as SVG or pixels.
package struct Figure: Sendable {
  package let width: Double
  package let height: Double
  /// The accessible title.
  package let title: String
  /// The accessible description of the figure's content.
  package let summary: String
  /// The marks in drawing order.
  package private(set) var marks: [Mark] = []

  /// A graphic element.
  package enum Mark: Sendable {
    case line([CanvasPoint], Paint, width: Double)
    case area(x: Double, y: Double, width: Double, height: Double, Paint)
    case dot(CanvasPoint, radius: Double, Paint)
    /// Text whose anchor is at a point of the baseline. Vertical text runs from bottom to top.
    case text(String, at: CanvasPoint, TextAnchor, Paint, isBold: Bool = false, isVertical: Bool = false)
  }

  package init(width: Double, height: Double, title: String, summary: String) {
    (self.width, self.height, self.title, self.summary) = (width, height, title, summary)
  }

  package mutating func add(_ mark: Mark) {
    marks.append(mark)
  }
}

extension Figure.Mark {
  /// The mark at another place.
  func moved(x: Double, y: Double) -> Figure.Mark {
    func moved(_ point: CanvasPoint) -> CanvasPoint { CanvasPoint(x: point.x + x, y: point.y + y) }
    switch self {
    case .line(let points, let paint, let width): return .line(points.map(moved), paint, width: width)
    case .area(let left, let top, let width, let height, let paint):
      return .area(x: left + x, y: top + y, width: width, height: height, paint)
    case .dot(let centre, let radius, let paint): return .dot(moved(centre), radius: radius, paint)
    case .text(let text, let place, let anchor, let paint, let isBold, let isVertical):
      return .text(text, at: moved(place), anchor, paint, isBold: isBold, isVertical: isVertical)
    }
  }

  var paint: Paint {
    switch self {
    case .line(_, let paint, _), .area(_, _, _, _, let paint), .dot(_, _, let paint), .text(_, _, _, let paint, _, _):
      paint
    }
  }
}

extension Canvas {
  /// Renders a figure at `scale` pixels for each of its units.
  package init(_ figure: Figure, palette: Palette = .light, scale: Int = 2) {
    let factor = Double(scale)
    func pixels(_ length: Double) -> Int { Int((length * factor).rounded()) }
    func scaled(_ point: CanvasPoint) -> CanvasPoint { CanvasPoint(x: point.x * factor, y: point.y * factor) }

    self.init(width: pixels(figure.width), height: pixels(figure.height), background: palette[.surface])
    for mark in figure.marks {
      switch mark {
      case .line(let points, let paint, let width): line(points.map(scaled), width: width * factor, palette[paint])
      case .area(let x, let y, let width, let height, let paint):
        let (left, top) = (pixels(x), pixels(y))
        fill(Box(x: left, y: top, width: pixels(x + width) - left, height: pixels(y + height) - top), palette[paint])
      case .dot(let centre, let radius, let paint): disc(scaled(centre), radius: radius * factor, palette[paint])
      case .text(let string, let place, let anchor, let paint, let isBold, let isVertical):
        // The font has one weight, so bold text is drawn twice, a pixel apart.
        for shift in 0...(isBold ? 1 : 0) {
          text(
            string, x: pixels(place.x) + shift, baseline: pixels(place.y), palette[paint], scale: scale, anchor: anchor,
            isVertical: isVertical)
        }
      }
    }
  }
}

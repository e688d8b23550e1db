/// The plot area of a figure: a rectangle with an x axis below and a y axis on the left.
struct Diagram {
  let x: Axis
  let y: Axis
  let left: Double
  let top: Double
  let width: Double
  let height: Double

  /// The point of the figure at which a pair of values is drawn.
  func place(_ xValue: Double, _ yValue: Double) -> CanvasPoint {
    CanvasPoint(x: left + x.share(xValue) * width, y: top + (1 - y.share(yValue)) * height)
  }

  /// Draws the grid, the axes with tick labels, and their titles.
  ///
  /// - Parameters:
  ///   - title: the title above the diagram, which names the y values.
  ///   - xTitle: the title below the x axis.
  ///   - yLabel: returns the label of a tick of the y axis; nil for the axis's own labels.
  func drawAxes(on figure: inout Figure, title: String, xTitle: String, yLabel: ((Double) -> String)? = nil) {
    for tick in y.ticks {
      let at = top + (1 - y.share(tick)) * height
      figure.add(.line([CanvasPoint(x: left, y: at), CanvasPoint(x: left + width, y: at)], .grid, width: 1))
      let text = yLabel?(tick) ?? y.label(tick)
      figure.add(.text(text, at: CanvasPoint(x: left - 8, y: at + 4.5), .end, .muted))
    }
    let bottom = top + height
    for tick in x.ticks {
      let at = left + x.share(tick) * width
      figure.add(.line([CanvasPoint(x: at, y: bottom), CanvasPoint(x: at, y: bottom + 4)], .muted, width: 1))
      figure.add(.text(x.label(tick), at: CanvasPoint(x: at, y: bottom + 19), .middle, .muted))
    }
    figure.add(.line([CanvasPoint(x: left, y: bottom), CanvasPoint(x: left + width, y: bottom)], .muted, width: 1))
    figure.add(.text(title, at: CanvasPoint(x: left, y: top - 16), .start, .ink, isBold: true))
    figure.add(.text(xTitle, at: CanvasPoint(x: left + width, y: bottom + 38), .end, .muted))
  }

  /// Draws a curve through the values, with gaps at values that can't be shown, and with dots if there are at most 30.
  ///
  /// The dots of a thin curve are small.
  func drawCurve(_ values: [(x: Double, y: Double)], _ paint: Paint, width: Double = 2, on figure: inout Figure) {
    var run: [CanvasPoint] = []
    func isShown(_ value: (x: Double, y: Double)) -> Bool {
      value.x.isFinite && value.y.isFinite && (!y.isLogarithmic || value.y > 0)
    }
    for value in values {
      if isShown(value) {
        run.append(place(value.x, value.y))
      } else if !run.isEmpty {
        figure.add(.line(run, paint, width: width))
        run = []
      }
    }
    if !run.isEmpty { figure.add(.line(run, paint, width: width)) }
    if values.count <= 30 {
      for value in values where isShown(value) { figure.add(.dot(place(value.x, value.y), radius: 1.5 * width, paint)) }
    }
  }
}

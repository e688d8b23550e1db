/// Diagrams that are read together, with one legend. A page arranges them by its width; a picture has them side by
/// side.
package struct Chart: Sendable {
  /// A line of the legend: what a colour stands for.
  package struct Entry: Sendable, Equatable {
    package let name: String
    package let paint: Paint
    /// The width of the line that shows the colour.
    package let width: Double

    init(_ name: String, _ paint: Paint, width: Double = 3) {
      (self.name, self.paint, self.width) = (name, paint, width)
    }
  }

  package let title: String
  /// The accessible description of all diagrams together.
  package let summary: String
  package let legend: [Entry]
  package let panels: [Figure]

  private static let gap = 4.0
  private static let legendHeight = 40.0
  private static let width = 920.0

  /// An empty panel of a chart of two.
  static func panel(title: String, summary: String) -> Figure {
    Figure(width: (width - gap) / 2, height: 320, title: title, summary: summary)
  }

  /// The place of the diagram in a panel.
  static func diagram(_ x: Axis, _ y: Axis) -> Diagram {
    Diagram(x: x, y: y, left: 58, top: 32, width: 370, height: 226)
  }

  /// The legend, and the panels side by side below it.
  package var figure: Figure {
    let height = panels.map(\.height).max() ?? 0
    var figure = Figure(width: Self.width, height: Self.legendHeight + height, title: title, summary: summary)
    for (number, entry) in legend.enumerated() {
      let left = 58 + 160 * Double(number)
      figure.add(
        .line([CanvasPoint(x: left, y: 24), CanvasPoint(x: left + 20, y: 24)], entry.paint, width: entry.width))
      figure.add(.text(entry.name, at: CanvasPoint(x: left + 28, y: 28.5), .start, .ink))
    }
    let used = panels.reduce(-Self.gap) { $0 + $1.width + Self.gap }
    var left = (Self.width - used) / 2
    for panel in panels {
      for mark in panel.marks { figure.add(mark.moved(x: left, y: Self.legendHeight)) }
      left += panel.width + Self.gap
    }
    return figure
  }
}

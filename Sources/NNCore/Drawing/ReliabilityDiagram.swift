/// A reliability diagram: the accuracy of answers by their confidence, and a histogram of the confidences.
package enum ReliabilityDiagram {
  package static func chart(_ calibration: Calibration) -> Chart {
    let total = calibration.bins.reduce(0) { $0 + $1.count }
    let error = "The expected calibration error is \((100 * calibration.error).fixed(2)) %."
    let share =
      calibration.bins.last.map { "Of \(total) answers, \($0.count) are in the highest range of probability." } ?? ""
    return Chart(
      title: "Calibration curve", summary: [error, share].joined(separator: " "),
      legend: [
        Chart.Entry("the network", .first), Chart.Entry("right as often as it says", .muted, width: 1),
      ],
      panels: [accuracies(calibration, summary: error), shares(calibration, total: total, summary: share)])
  }

  private static let unit = Axis(0, 100, step: 20)

  private static func accuracies(_ calibration: Calibration, summary: String) -> Figure {
    var figure = Chart.panel(title: "Answers that are right", summary: summary)
    let diagram = diagram(on: &figure)
    for (number, bin) in calibration.bins.enumerated() where bin.count > 0 {
      figure.add(bar(number, of: calibration.bins.count, 100 * bin.accuracy, in: diagram, .pale))
    }
    figure.add(.line([diagram.place(0, 0), diagram.place(100, 100)], .muted, width: 1))
    let curve = calibration.bins.filter { $0.count > 0 }.map { (x: 100 * $0.confidence, y: 100 * $0.accuracy) }
    diagram.drawCurve(curve, .first, on: &figure)
    return figure
  }

  private static func shares(_ calibration: Calibration, total: Int, summary: String) -> Figure {
    var figure = Chart.panel(title: "Share of the answers", summary: summary)
    let diagram = diagram(on: &figure)
    for (number, bin) in calibration.bins.enumerated() where bin.count > 0 {
      let share = 100 * Double(bin.count) / Double(total)
      figure.add(bar(number, of: calibration.bins.count, share, in: diagram, .first))
    }
    return figure
  }

  private static func diagram(on figure: inout Figure) -> Diagram {
    let diagram = Chart.diagram(unit, unit)
    diagram.drawAxes(on: &figure, title: figure.title, xTitle: "probability given, %") { unit.label($0) + " %" }
    return diagram
  }

  private static func bar(_ number: Int, of count: Int, _ height: Double, in diagram: Diagram, _ paint: Paint)
    -> Figure.Mark
  {
    let width = 100 / Double(count)
    let (start, end) = (diagram.place(Double(number) * width, height), diagram.place(Double(number + 1) * width, 0))
    return .area(x: start.x + 1, y: start.y, width: end.x - start.x - 2, height: end.y - start.y, paint)
  }
}

/// A reliability diagram: the accuracy of answers by their confidence, and a histogram of the confidences.
package enum ReliabilityDiagram {
  package static func figure(_ calibration: Calibration) -> Figure {
    let bins = calibration.bins
    let total = bins.reduce(0) { $0 + $1.count }
    var figure = Figure(
      width: 920, height: 360, title: "Calibration curve",
      summary: "The expected calibration error is \((100 * calibration.error).fixed(2)) %. "
        + (bins.last.map { "Of \(total) answers, \($0.count) are in the highest range of probability." } ?? ""))
    let unit = Axis(0, 100, step: 20)
    let diagram = Diagram(x: unit, y: unit, left: 58, top: 72, width: 370, height: 226)
    diagram.drawAxes(on: &figure, title: "Answers that are right", xTitle: "probability given, %") {
      unit.label($0) + " %"
    }
    let counts = Diagram(x: unit, y: Axis(0, 100, step: 20), left: 520, top: 72, width: 370, height: 226)
    counts.drawAxes(on: &figure, title: "Share of the answers", xTitle: "probability given, %") {
      unit.label($0) + " %"
    }

    let width = 100 / Double(bins.count)
    func bar(_ number: Int, _ height: Double, in diagram: Diagram, _ paint: Paint) {
      let (start, end) = (diagram.place(Double(number) * width, height), diagram.place(Double(number + 1) * width, 0))
      figure.add(.area(x: start.x + 1, y: start.y, width: end.x - start.x - 2, height: end.y - start.y, paint))
    }
    for (number, bin) in bins.enumerated() where bin.count > 0 {
      bar(number, 100 * bin.accuracy, in: diagram, .pale)
      bar(number, 100 * Double(bin.count) / Double(total), in: counts, .first)
    }
    figure.add(.line([diagram.place(0, 0), diagram.place(100, 100)], .muted, width: 1))
    let curve = bins.filter { $0.count > 0 }.map { (x: 100 * $0.confidence, y: 100 * $0.accuracy) }
    diagram.drawCurve(curve, .first, on: &figure)

    figure.add(.line([CanvasPoint(x: 58, y: 24), CanvasPoint(x: 78, y: 24)], .first, width: 3))
    figure.add(.text("the network", at: CanvasPoint(x: 86, y: 28.5), .start, .ink))
    figure.add(.line([CanvasPoint(x: 188, y: 24), CanvasPoint(x: 208, y: 24)], .muted, width: 1))
    figure.add(.text("right as often as it says", at: CanvasPoint(x: 216, y: 28.5), .start, .ink))
    return figure
  }
}

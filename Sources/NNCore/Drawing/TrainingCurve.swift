/// The learning curves: loss and accuracy by training step, side by side.
package enum TrainingCurve {
  /// The maximum number of points of a drawn curve.
  private static let maximumPoints = 600
  /// With more points, the values of batches are drawn pale and their moving average over them.
  private static let maximumDistinctPoints = 200

  typealias Curve = [(x: Double, y: Double)]

  package static func figure(_ lines: [TrainingLog.Line]) -> Figure {
    var figure = Figure(width: 920, height: 360, title: "Training curve", summary: summary(lines))
    drawLegend(lines, on: &figure)
    guard !lines.isEmpty else {
      figure.add(.text("The log has no lines yet.", at: CanvasPoint(x: 460, y: 190), .middle, .muted))
      return figure
    }
    let steps = lines.map { Double($0.step) }
    let (minimum, maximum) = (steps.min() ?? 0, steps.max() ?? 0)
    let x = Axis(through: steps, fromZero: minimum < maximum / 4 || minimum == maximum)
    func curve(_ value: (TrainingLog.Line) -> Double?) -> Curve {
      lines.compactMap { line in value(line).map { (Double(line.step), $0) } }
    }
    func draw(_ title: String, left: Double, _ y: Axis, _ curves: [Curve], yLabel: ((Double) -> String)?) {
      let diagram = Diagram(x: x, y: y, left: left, top: 72, width: 370, height: 226)
      diagram.drawAxes(on: &figure, title: title, xTitle: "step", yLabel: yLabel)
      if curves[0].count > maximumDistinctPoints {
        diagram.drawCurve(thinned(curves[0]), .pale, width: 1, on: &figure)
        diagram.drawCurve(thinned(curves[1]), .second, on: &figure)
        diagram.drawCurve(smoothed(curves[0]), .first, on: &figure)
      } else {
        diagram.drawCurve(curves[1], .second, on: &figure)
        diagram.drawCurve(curves[0], .first, on: &figure)
      }
    }

    let losses = [curve(\.loss), curve(\.validationLoss)]
    let lossAxis = Axis(around: losses.flatMap { $0.map(\.y) }, startsAtZero: true, mayBeLogarithmic: true)
    draw(lossAxis.isLogarithmic ? "Loss (logarithmic)" : "Loss", left: 58, lossAxis, losses, yLabel: nil)
    let accuracies = [curve { 100 * $0.accuracy }, curve { line in line.validationAccuracy.map { 100 * $0 } }]
    let accuracyAxis = Axis(around: accuracies.flatMap { $0.map(\.y) }, limit: 100)
    draw("Accuracy", left: 520, accuracyAxis, accuracies) { accuracyAxis.label($0) + " %" }
    return figure
  }

  private static func drawLegend(_ lines: [TrainingLog.Line], on figure: inout Figure) {
    let isSmoothed = lines.count > maximumDistinctPoints
    var entries: [(name: String, paint: Paint)] = [(isSmoothed ? "training, smoothed" : "training", .first)]
    if isSmoothed { entries.append(("training", .pale)) }
    if lines.contains(where: { $0.validationLoss != nil }) { entries.append(("validation", .second)) }
    for (number, entry) in entries.enumerated() {
      let left = 58 + 160 * Double(number)
      figure.add(.line([CanvasPoint(x: left, y: 24), CanvasPoint(x: left + 20, y: 24)], entry.paint, width: 3))
      figure.add(.text(entry.name, at: CanvasPoint(x: left + 28, y: 28.5), .start, .ink))
    }
  }

  /// The accessible description: the first and last values.
  private static func summary(_ lines: [TrainingLog.Line]) -> String {
    guard let first = lines.first, let last = lines.last else { return "There are no lines in the log." }
    var text =
      "Training loss goes from \(first.loss.fixed(4)) to \(last.loss.fixed(4)) and accuracy from"
      + " \((100 * first.accuracy).fixed(2)) % to \((100 * last.accuracy).fixed(2)) % between steps \(first.step) and "
      + "\(last.step)."
    if let loss = last.validationLoss, let accuracy = last.validationAccuracy {
      text += " On validation data the last are \(loss.fixed(4)) and \((100 * accuracy).fixed(2)) %."
    }
    return text
  }

  /// Decimates a curve of many points to the minimum and the maximum of each interval, so that outliers remain visible.
  static func thinned(_ points: Curve) -> Curve {
    guard points.count > maximumPoints else { return points }
    let intervals = maximumPoints / 2
    return (0..<intervals).flatMap { number in
      let part = points[number * points.count / intervals..<(number + 1) * points.count / intervals]
      let minimum = part.indices.min { part[$0].y < part[$1].y }!
      let maximum = part.indices.max { part[$0].y < part[$1].y }!
      return Set([minimum, maximum]).sorted().map { points[$0] }
    }
  }

  /// The moving average of a curve over windows of about a thirtieth of its points, without values that are not finite.
  static func smoothed(_ points: Curve) -> Curve {
    let count = min(points.count, maximumPoints / 2)
    return (0..<count).map { number in
      let place = count == 1 ? 0 : number * (points.count - 1) / (count - 1)
      let reach = points.count / 60
      let near = points[max(place - reach, 0)..<min(place + reach + 1, points.count)].map(\.y).filter(\.isFinite)
      return (points[place].x, near.reduce(0, +) / Double(near.count))
    }
  }
}

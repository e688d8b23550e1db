/// The learning curves: loss and accuracy by training step, side by side.
package enum TrainingCurve {
  /// The maximum number of points of a drawn curve.
  private static let maximumPoints = 600
  /// With more points, the values of batches are drawn pale and their moving average over them.
  static let maximumDistinctPoints = 200

  typealias Curve = [(x: Double, y: Double)]

  /// The chart as one drawing.
  package static func figure(_ lines: [TrainingLog.Line]) -> Figure { chart(lines).figure }

  package static func chart(_ lines: [TrainingLog.Line]) -> Chart {
    Chart(title: "Training curve", summary: summary(lines), legend: legend(lines), panels: panels(lines))
  }

  private static func panels(_ lines: [TrainingLog.Line]) -> [Figure] {
    guard !lines.isEmpty else { return [emptyPanel("The log has no lines yet.")] }
    let x = stepAxis(lines.map { Double($0.step) })
    func panel(_ measure: Measure) -> Figure {
      let curves = [measure.curve(of: lines), measure.validationCurve(of: lines)]
      var figure = Chart.panel(title: measure.title, summary: summary(of: measure, lines))
      let diagram = measure.diagram(x, curves, on: &figure)
      if curves[0].count > maximumDistinctPoints {
        diagram.drawCurve(thinned(curves[0]), .pale, width: 1, on: &figure)
        diagram.drawCurve(thinned(curves[1]), .second, on: &figure)
        diagram.drawCurve(smoothed(curves[0]), .first, on: &figure)
      } else {
        diagram.drawCurve(curves[1], .second, on: &figure)
        diagram.drawCurve(curves[0], .first, on: &figure)
      }
      return figure
    }
    return [panel(.loss), panel(.accuracy)]
  }

  /// What is said where there is nothing to draw.
  static func emptyPanel(_ text: String) -> Figure {
    var figure = Chart.panel(title: "Training curve", summary: "There are no lines in the log.")
    figure.add(.text(text, at: CanvasPoint(x: figure.width / 2, y: 150), .middle, .muted))
    return figure
  }

  static func stepAxis(_ steps: [Double]) -> Axis {
    let (minimum, maximum) = (steps.min() ?? 0, steps.max() ?? 0)
    return Axis(through: steps, fromZero: minimum < maximum / 4 || minimum == maximum)
  }

  private static func legend(_ lines: [TrainingLog.Line]) -> [Chart.Entry] {
    let isSmoothed = lines.count > maximumDistinctPoints
    var entries = [Chart.Entry(isSmoothed ? "training, smoothed" : "training", .first)]
    if isSmoothed { entries.append(Chart.Entry("training", .pale)) }
    if lines.contains(where: { $0.validationLoss != nil }) { entries.append(Chart.Entry("validation", .second)) }
    return entries
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

  /// The accessible description of one measure.
  static func summary(of measure: Measure, _ lines: [TrainingLog.Line]) -> String {
    let curve = measure.curve(of: lines)
    guard let first = curve.first, let last = curve.last else { return "There are no lines in the log." }
    let text =
      "Training \(measure.title.lowercased()) goes from \(measure.text(first.y)) to \(measure.text(last.y)) between "
      + "steps \(lines[0].step) and \(lines[lines.count - 1].step)."
    guard let validation = measure.validationCurve(of: lines).last else { return text }
    return text + " On validation data the last is \(measure.text(validation.y))."
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

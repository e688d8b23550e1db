/// How loss and accuracy went in training, side by side, over the steps.
public enum TrainingCurve {
  /// Points of a curve beyond which no more can be seen.
  private static let mostPoints = 600

  public static func figure(_ lines: [TrainingLog.Line]) -> Figure {
    var figure = Figure(width: 920, height: 360, title: "Training curve", summary: summary(lines))
    let hasValidation = lines.contains { $0.validationLoss != nil }
    drawLegend(hasValidation: hasValidation, on: &figure)
    guard !lines.isEmpty else {
      figure.add(.text("The log has no lines yet.", at: Point(x: 460, y: 190), .middle, .muted))
      return figure
    }
    let (steps, unit) = (lines.map { Double($0.step) }, "step")
    let x = Axis(around: steps, startsAtZero: (steps.min() ?? 0) < (steps.max() ?? 0) / 4)
    func curve(_ value: (TrainingLog.Line) -> Double?) -> [(x: Double, y: Double)] {
      thinned(lines.compactMap { line in value(line).map { (Double(line.step), $0) } })
    }
    func draw(_ title: String, left: Double, _ y: Axis, _ curves: [[(x: Double, y: Double)]], yLabel: ((Double) -> String)?) {
      let diagram = Diagram(x: x, y: y, left: left, top: 72, width: 370, height: 226)
      diagram.drawAxes(on: &figure, title: title, xTitle: unit, yLabel: yLabel)
      for (curve, paint) in zip(curves, [Paint.first, .second]).reversed() { diagram.drawCurve(curve, paint, on: &figure) }
    }

    let losses = [curve(\.loss), curve(\.validationLoss)]
    let lossAxis = Axis(around: losses.flatMap { $0.map(\.y) }, startsAtZero: true, mayBeLogarithmic: true)
    draw(lossAxis.isLogarithmic ? "Loss (logarithmic)" : "Loss", left: 58, lossAxis, losses, yLabel: nil)
    let accuracies = [curve { 100 * $0.accuracy }, curve { line in line.validationAccuracy.map { 100 * $0 } }]
    let accuracyAxis = Axis(around: accuracies.flatMap { $0.map(\.y) }, limit: 100)
    draw("Accuracy", left: 520, accuracyAxis, accuracies) { accuracyAxis.label($0) + " %" }
    return figure
  }

  private static func drawLegend(hasValidation: Bool, on figure: inout Figure) {
    for (number, name) in ["training", "validation"].prefix(hasValidation ? 2 : 1).enumerated() {
      let left = 58 + 110 * Double(number)
      let paint = number == 0 ? Paint.first : .second
      figure.add(.line([Point(x: left, y: 24), Point(x: left + 20, y: 24)], paint, width: 3))
      figure.add(.text(name, at: Point(x: left + 28, y: 28.5), .start, .ink))
    }
  }

  /// The curve in words: how it ended.
  private static func summary(_ lines: [TrainingLog.Line]) -> String {
    guard let first = lines.first, let last = lines.last else { return "There are no lines in the log." }
    var text =
      "Training loss goes from \(first.loss.fixed(4)) to \(last.loss.fixed(4)) and accuracy from"
      + " \((100 * first.accuracy).fixed(2)) % to \((100 * last.accuracy).fixed(2)) % between steps \(first.step) and \(last.step)."
    if let loss = last.validationLoss, let accuracy = last.validationAccuracy {
      text += " On validation data the last are \(loss.fixed(4)) and \((100 * accuracy).fixed(2)) %."
    }
    return text
  }

  /// Of many points, the least and the greatest of each stretch, so that what stands out stays.
  static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > mostPoints else { return points }
    let stretches = mostPoints / 2
    return (0..<stretches).flatMap { number in
      let part = points[number * points.count / stretches..<(number + 1) * points.count / stretches]
      let least = part.indices.min { part[$0].y < part[$1].y }!
      let greatest = part.indices.max { part[$0].y < part[$1].y }!
      return Set([least, greatest]).sorted().map { points[$0] }
    }
  }
}

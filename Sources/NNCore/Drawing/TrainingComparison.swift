/// The learning curves of several trainings in the same diagrams: a colour a training, thin on the training data, thick
/// on validation data.
package enum TrainingComparison {
  /// As many trainings can be told apart by colour.
  package static let maximumCount = Paint.series.count

  package typealias Log = (name: String, lines: [TrainingLog.Line])

  /// - Precondition: at most `maximumCount` logs.
  package static func chart(_ logs: [Log]) -> Chart {
    let title = "Training curves"
    guard logs.contains(where: { !$0.lines.isEmpty }) else {
      let panel = TrainingCurve.emptyPanel("The logs have no lines yet.")
      return Chart(title: title, summary: panel.summary, legend: legend(logs), panels: [panel])
    }
    let panels = [panel(.loss, logs), panel(.accuracy, logs)]
    let summary = panels.map(\.summary).joined(separator: " ")
    return Chart(title: title, summary: summary, legend: legend(logs), panels: panels)
  }

  private static func hasValidation(_ logs: [Log]) -> Bool {
    logs.contains { $0.lines.contains { $0.validationLoss != nil } }
  }

  private static func panel(_ measure: TrainingCurve.Measure, _ logs: [Log]) -> Figure {
    let sentences = logs.filter { !$0.lines.isEmpty }.map { log in
      "\(log.name): \(TrainingCurve.summary(of: measure, log.lines))"
    }
    var figure = Chart.panel(title: measure.title, summary: sentences.joined(separator: " "))
    let trainings = logs.map { drawn(measure.curve(of: $0.lines)) }
    let validations = logs.map { TrainingCurve.thinned(measure.validationCurve(of: $0.lines)) }
    let steps = TrainingCurve.stepAxis(logs.flatMap { $0.lines.map { Double($0.step) } })
    let diagram = measure.diagram(steps, trainings + validations, on: &figure)
    let trainingWidth: Double = hasValidation(logs) ? 1 : 2
    for (curve, paint) in zip(trainings, Paint.series) {
      diagram.drawCurve(curve, paint, width: trainingWidth, on: &figure)
    }
    for (curve, paint) in zip(validations, Paint.series) { diagram.drawCurve(curve, paint, on: &figure) }
    return figure
  }

  /// A curve of many points is smoothed: the points of several would hide each other.
  private static func drawn(_ curve: TrainingCurve.Curve) -> TrainingCurve.Curve {
    curve.count > TrainingCurve.maximumDistinctPoints ? TrainingCurve.smoothed(curve) : curve
  }

  private static func legend(_ logs: [Log]) -> [Chart.Entry] {
    let names = zip(logs, Paint.series).map { log, paint in
      Chart.Entry(log.name + (log.lines.isEmpty ? " (no lines yet)" : ""), paint)
    }
    let isSmoothed = logs.contains { $0.lines.count > TrainingCurve.maximumDistinctPoints }
    let training = isSmoothed ? "training, smoothed" : "training"
    guard hasValidation(logs) else { return names + (isSmoothed ? [Chart.Entry(training, .muted, width: 2)] : []) }
    return names + [Chart.Entry(training, .muted, width: 1), Chart.Entry("validation", .muted)]
  }
}

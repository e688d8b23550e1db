extension TrainingCurve {
  /// What a diagram of training shows by step.
  enum Measure {
    /// The mean cross-entropy.
    case loss
    /// The share of right answers, in percent.
    case accuracy

    var title: String {
      switch self {
      case .loss: "Loss"
      case .accuracy: "Accuracy"
      }
    }

    func curve(of lines: [TrainingLog.Line]) -> Curve {
      switch self {
      case .loss: lines.map { (Double($0.step), $0.loss) }
      case .accuracy: lines.map { (Double($0.step), 100 * $0.accuracy) }
      }
    }

    /// The curve on validation data, which has no points without validation.
    func validationCurve(of lines: [TrainingLog.Line]) -> Curve {
      switch self {
      case .loss: lines.compactMap { line in line.validationLoss.map { (Double(line.step), $0) } }
      case .accuracy: lines.compactMap { line in line.validationAccuracy.map { (Double(line.step), 100 * $0) } }
      }
    }

    /// A value in a sentence.
    func text(_ value: Double) -> String {
      switch self {
      case .loss: value.fixed(4)
      case .accuracy: value.fixed(2) + " %"
      }
    }

    /// Draws the axes for some curves, and returns the diagram to draw them in.
    func diagram(_ x: Axis, _ curves: [Curve], on figure: inout Figure) -> Diagram {
      let values = curves.flatMap { $0.map(\.y) }
      switch self {
      case .loss:
        let y = Axis(around: values, startsAtZero: true, mayBeLogarithmic: true)
        let diagram = Chart.diagram(x, y)
        diagram.drawAxes(on: &figure, title: y.isLogarithmic ? "Loss (logarithmic)" : "Loss", xTitle: "step")
        return diagram
      case .accuracy:
        let y = Axis(around: values, limit: 100)
        let diagram = Chart.diagram(x, y)
        diagram.drawAxes(on: &figure, title: "Accuracy", xTitle: "step") { y.label($0) + " %" }
        return diagram
      }
    }
  }
}

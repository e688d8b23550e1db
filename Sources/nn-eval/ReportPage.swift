import NNCommand
import NNCore

/// An evaluation as one page of HTML that needs nothing but itself: no script, no network, light or dark as the reader
/// prefers. It is well-formed XML too.
struct ReportPage {
  let evaluation: Evaluation
  let models: [(network: Network, name: String)]
  private var modelName: String { models.map(\.name).joined(separator: " + ") }
  let dataset: Dataset
  let dataName: String
  let logs: [TrainingComparison.Log]

  init(
    _ evaluation: Evaluation, of models: [(network: Network, name: String)], on data: (dataset: Dataset, name: String),
    logs: [TrainingComparison.Log]
  ) {
    (self.evaluation, self.logs) = (evaluation, logs)
    self.models = models
    (dataset, dataName) = data
  }

  var html: String {
    let title = escaped(markup: modelName)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta name="generator" content="\(escaped(markup: NNEval.signature))"/>
      <title>\(title): evaluation</title>
      <style>
      \(ReportStyle.sheet)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p>evaluated on <b>\(escaped(markup: dataName))</b></p>
      </header>
      <main>
      \(sections.joined(separator: "\n"))
      </main>
      <footer><p>Made by \(escaped(markup: NNEval.signature)).</p></footer>
      </body>
      </html>

      """
  }

  private var sections: [String] {
    var sections = [keyFigures]
    if let log = logs.first {
      let training = logs.count == 1 ? TrainingCurve.chart(log.lines) : TrainingComparison.chart(logs)
      sections.append(section(training.title, chart(training, id: "training")))
    }
    sections += [calibration, confusion, perClass]
    if case .pixels(_, let rows, let columns) = dataset.inputs {
      sections.append(gallery(rows: rows, columns: columns))
    }
    sections.append(about)
    return sections
  }

  func section(_ title: String, _ body: String) -> String {
    "<section>\n<h2>\(title)</h2>\n\(body)\n</section>"
  }

  /// The legend, and the diagrams beside or below each other.
  func chart(_ chart: Chart, id: String) -> String {
    let entries = chart.legend.map { entry in
      "<li><i style=\"background:var(--\(entry.paint));height:\(entry.width.fixed(0))px\"></i>"
        + "\(escaped(markup: entry.name))</li>"
    }
    let panels = chart.panels.enumerated().map { SVG.inline($1, id: "\(id)-\($0 + 1)") }
    return """
      <ul class="legend">\(entries.joined())</ul>
      <div class="chart">
      \(panels.joined(separator: "\n"))
      </div>
      """
  }

  private var keyFigures: String {
    let (score, mistakes) = (evaluation.score, evaluation.errors.count)
    let figures = [
      ("Accuracy", Self.percent(score.accuracy, name: "accuracy"), "the share of right answers"),
      ("Mistakes", Self.number(mistakes, name: "errors"), "of \(score.count) examples"),
      ("Loss", Self.number(score.loss, places: 4, name: "loss"), "mean cross-entropy"),
      (
        "Calibration error", Self.percent(evaluation.calibration.error, name: "calibration_error"),
        "expected, of 15 ranges of probability"
      ),
    ]
    let items = figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd><dd class=\"note\">\($0.2)</dd></div>" }
    return
      "<section>\n<h2 class=\"unseen\">Key figures</h2>\n<dl "
      + "class=\"key\">\n\(items.joined(separator: "\n"))\n</dl>\n</section>"
  }

  /// What the network is and how it came about.
  private var about: String {
    var entries: [(String, String)] = []
    for (network, name) in models {
      if models.count > 1 { entries.append(("Model of the ensemble", name)) }
      let layers = network.layers.map { "\($0.outputCount) \($0.activation.rawValue)" }
      let parameters = network.layers.reduce(0) { $0 + $1.weights.count + $1.biases.count }
      entries += [
        ("Layers", "\(network.inputCount) inputs → \(layers.joined(separator: " → "))"),
        ("Parameters", "\(parameters)"),
      ]
      entries += network.training.entries.map { ("Training: \($0.name.replacing("_", with: " "))", $0.value) }
    }
    entries.append(("Data", "\(dataset.count) examples of \(dataset.inputs.title)"))
    if !dataset.source.isEmpty { entries.append(("Source of the data", dataset.source)) }
    let rows = entries.map {
      "<tr><th scope=\"row\">\(escaped(markup: $0.0))</th><td>\(escaped(markup: $0.1))</td></tr>"
    }
    return section(
      "Model and data",
      "<div class=\"wide\"><table class=\"about\"><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>")
  }

  /// A share of 1 in percent, with the exact number for programs.
  static func percent(_ share: Double, name: String? = nil) -> String {
    let text = share.isFinite ? (100 * share).fixed(2) + " %" : "–"
    return data(text, exact: "\(share)", name: name)
  }

  static func number(_ value: Double, places: Int, name: String? = nil) -> String {
    data(value.isFinite ? value.fixed(places) : "–", exact: "\(value)", name: name)
  }

  static func number(_ value: Int, name: String? = nil) -> String {
    data("\(value)", exact: "\(value)", name: name)
  }

  private static func data(_ text: String, exact: String, name: String?) -> String {
    guard let name else { return text }
    return "<data id=\"\(escaped(markup: name))\" value=\"\(exact)\">\(text)</data>"
  }
}

import NNCommand
import NNCore

// The mistakes that the report shows.

extension ReportPage {
  /// So many can still be looked at, and the page stays small.
  private static let mostPictures = 120
  /// Pixels of the longer side of a picture on the page.
  private static let side = 84.0

  func gallery(rows: Int, columns: Int) -> String {
    let mistakes = evaluation.mostConfidentErrors
    guard !mistakes.isEmpty else {
      return section("Mistakes", "<p>There are none in \(evaluation.score.count) examples.</p>")
    }
    let shown = mistakes.prefix(Self.mostPictures)
    let which =
      shown.count < mistakes.count
      ? "The \(shown.count) of \(mistakes.count) that the network was surest of"
      : mistakes.count == 1 ? "The only one" : "All \(mistakes.count), those first that the network was surest of"
    let factor = Self.side / Double(max(rows, columns))
    let (width, height) = (
      max(1, Int((Double(columns) * factor).rounded())), max(1, Int((Double(rows) * factor).rounded()))
    )
    let items = shown.map { mistake in
      let (label, given) = (
        escaped(markup: evaluation.classes[mistake.label]), escaped(markup: evaluation.classes[mistake.prediction])
      )
      let picture = Thumbnail(
        [UInt8](dataset.example(mistake.index)), rows: rows, columns: columns, side: Int(2 * Self.side))
      let uri = Self.uri(PNG.encode(grey: picture.pixels, width: picture.width, height: picture.height))
      return "<li><img src=\"\(uri)\" width=\"\(width)\" height=\"\(height)\""
        + " alt=\"Example \(mistake.index), truly \(label)\"/>"
        + "<p><span class=\"truth\">\(label)</span> <span class=\"arrow\">→</span> <span "
        + "class=\"given\">\(given)</span></p>"
        + "<p class=\"note\">\(Self.percent(Double(mistake.probability))) · #\(mistake.index)</p></li>"
    }
    let text =
      "<p>\(which): true class → given class, the probability it was given with, and the number of the example in the "
      + "data, from 0.</p>"
    return section("Mistakes", text + "\n<ul class=\"gallery\">\n\(items.joined(separator: "\n"))\n</ul>")
  }

  static func uri(_ png: [UInt8]) -> String { "data:image/png;base64,\(Base64.encode(png))" }
}

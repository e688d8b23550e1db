import NNCommand
import NNCore

// What the report tells class by class.

extension ReportPage {
  /// With more classes the matrix is a picture: a table would be too large to be read.
  private static let mostInTable = 30
  private static let mostConfusions = 10

  var confusion: String {
    let text = """
      <p>A row holds the examples of a true class, a column those that were given a class. Blue is right, red wrong, the
      stronger the greater their share of the row.</p>
      """
    let matrix = evaluation.classes.count <= Self.mostInTable ? matrixTable : matrixPicture
    return section("Confusion matrix", text + "\n" + matrix + frequentConfusions)
  }

  private var matrixTable: String {
    let classes = evaluation.classes.map { escaped(markup: $0) }
    let header = classes.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let rows = classes.indices.map { label in
      let counts = evaluation.confusion[label]
      let total = counts.reduce(0, +)
      let cells = counts.enumerated().map { given, count in
        guard count > 0 else { return "<td></td>" }
        let share = Double(count) / Double(total)
        // Few mistakes are to be seen too: shades go with the square root of their share.
        let shade = given == label ? share : share.squareRoot()
        let kind = (given == label ? "right" : "wrong") + (shade > 0.82 ? " deep" : "")
        return "<td class=\"\(kind)\" style=\"--shade:\(shade.fixed(3))\">\(count)</td>"
      }
      return "<tr><th scope=\"row\">\(classes[label])</th>\(cells.joined())</tr>"
    }
    return """
      <div class="wide"><table class="matrix">
      <caption>Examples by true class (rows) and given class (columns)</caption>
      <thead><tr><th scope="col" class="corner">true \\ given</th>\(header)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  private var matrixPicture: String {
    let canvas = ConfusionPicture(evaluation.confusion, classes: evaluation.classes).canvas
    return
      "<p class=\"picture\"><img src=\"\(Self.uri([UInt8](canvas.png)))\" width=\"\(canvas.width)\" "
      + "height=\"\(canvas.height)\""
      + " alt=\"Confusion matrix of \(evaluation.classes.count) classes; the most frequent mistakes are in the table "
      + "below\"/></p>"
  }

  private var frequentConfusions: String {
    let matrix = evaluation.confusion
    let pairs = matrix.indices.flatMap { label in
      matrix[label].indices.filter { $0 != label && matrix[label][$0] > 0 }.map { (label: label, given: $0) }
    }
    guard !pairs.isEmpty else { return "" }
    func rank(_ pair: (label: Int, given: Int)) -> (Int, Int, Int) {
      (-matrix[pair.label][pair.given], pair.label, pair.given)
    }
    let rows = pairs.sorted { rank($0) < rank($1) }.prefix(Self.mostConfusions).map { pair in
      let count = matrix[pair.label][pair.given]
      let names = [pair.label, pair.given].map { "<td class=\"name\">\(escaped(markup: evaluation.classes[$0]))</td>" }
      return "<tr>\(names.joined())"
        + "<td>\(count)</td><td>\(Self.percent(Double(count) / Double(matrix[pair.label].reduce(0, +))))</td></tr>"
    }
    return """

      <h3>The most frequent mistakes</h3>
      <div class="wide"><table>
      <thead><tr><th scope="col">True</th><th scope="col" class="name">Given</th><th scope="col">Examples</th><th \
      scope="col">Of the true class</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  var perClass: String {
    let rows = evaluation.classes.enumerated().map { index, name in
      let measures = evaluation.measures(of: index)
      let cells = [("precision", measures.precision), ("recall", measures.recall), ("f1", measures.f1)].map {
        measure, value in
        "<td class=\"bar\" style=\"--share:\(value.fixed(4))\">\(Self.percent(value, name: "\(measure).\(index)"))</td>"
      }
      let support = evaluation.confusion[index].reduce(0, +)
      return "<tr><th scope=\"row\">\(escaped(markup: name))</th>\(cells.joined())<td>\(support)</td></tr>"
    }
    let table = """
      <div class="wide"><table>
      <caption>Precision: of the examples given the class, those that have it. Recall: of the examples that have the \
      class, those given it. F1: their harmonic mean. Support: the examples that have the class.</caption>
      <thead><tr><th scope="col">Class</th><th scope="col">Precision</th><th scope="col">Recall</th><th \
      scope="col">F1</th><th scope="col">Support</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
    return section("Classes", table)
  }
}

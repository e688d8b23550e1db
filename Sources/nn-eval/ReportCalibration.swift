import NNCommand
import NNCore

extension ReportPage {
  /// How often answers are right, by the probability that the network gives them.
  var calibration: String {
    let bins = evaluation.calibration.bins
    let rows = bins.enumerated().filter { $0.element.count > 0 }.map { number, bin in
      let (lower, upper) = (100 * Double(number) / Double(bins.count), 100 * Double(number + 1) / Double(bins.count))
      return "<tr><th scope=\"row\">\(lower.fixed(1)) – \(upper.fixed(1)) %</th><td>\(bin.count)</td>"
        + "<td>\(Self.percent(bin.confidence))</td><td>\(Self.percent(bin.accuracy))</td></tr>"
    }
    let text = """
      <p>Of the answers that the network gives with a probability of 80 %, 80 % should be right. The line shows how many
      are: below the diagonal the network is too sure of itself, above it not sure enough.</p>
      """
    let table = """
      <details><summary>The figures</summary>
      <div class="wide"><table>
      <thead><tr><th scope="col">Probability</th><th scope="col">Answers</th><th scope="col">Mean probability</th><th \
      scope="col">Right</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div></details>
      """
    return section(
      "Calibration",
      text + "\n" + chart(ReliabilityDiagram.chart(evaluation.calibration), id: "calibration") + "\n" + table)
  }
}

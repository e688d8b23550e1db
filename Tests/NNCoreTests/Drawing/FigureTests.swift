import NNCore
import Testing

@Suite struct FigureTests {
  private func line(_ step: Int, _ loss: Double, _ accuracy: Double, validation: Double? = nil) throws
    -> TrainingLog.Line
  {
    let text =
      "\(step)\t1\t\(loss)\t\(accuracy)\t\(validation.map { "\($0)" } ?? "")\t\(validation.map { "\($0)" } ?? "")\t0.1\t0.5"
    return try #require(TrainingLog(reading: temporaryFile(Array("\(TrainingLog.header)\n\(text)\n".utf8))).lines.first)
  }

  private func lines(_ figure: Figure, _ paint: Paint) -> [[CanvasPoint]] {
    figure.marks.compactMap { if case .line(let points, paint, width: 2) = $0 { points } else { nil } }
  }

  private func texts(_ figure: Figure) -> [String] {
    figure.marks.compactMap { if case .text(let text, _, _, _, _, _) = $0 { text } else { nil } }
  }

  @Test func trainingCurve() throws {
    let figure = TrainingCurve.figure([
      try line(100, 0.5, 0.8, validation: 0.4), try line(200, 0.3, 0.9, validation: 0.35), try line(400, 0.1, 0.95),
    ])
    let training = lines(figure, .first)
    #expect(
      training.count == 2 && training.allSatisfy { $0.count == 3 } && lines(figure, .second).map(\.count) == [2, 2])
    // To the right in the proportion of steps, the loss down, the accuracy up.
    let (loss, accuracy) = (training[0], training[1])
    #expect(abs((loss[2].x - loss[0].x) / (loss[1].x - loss[0].x) - 3) < 1e-9)
    #expect(
      loss[0].y < loss[1].y && loss[1].y < loss[2].y && accuracy[0].y > accuracy[1].y && accuracy[1].y > accuracy[2].y)
    #expect(abs((loss[2].y - loss[0].y) / (loss[1].y - loss[0].y) - 2) < 1e-9)
    #expect(texts(figure).contains("validation") && texts(figure).contains("Loss"))
    #expect(figure.summary.contains("from 0.5000 to 0.1000") && figure.summary.contains("95.00 %"))
  }

  /// What is no number leaves a gap, and a value alone is a dot.
  @Test func gaps() throws {
    let losses = [1, 0.9, .nan, 0.7, .infinity, 0.5, 0.4]
    let figure = TrainingCurve.figure(try losses.enumerated().map { try line($0.offset, $0.element, 0.5) })
    #expect(lines(figure, .first).prefix(3).map(\.count) == [2, 1, 2])
    let points = lines(figure, .first).flatMap { $0 }
    #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    let empty = TrainingCurve.figure([])
    #expect(texts(empty).contains("The log has no lines yet.") && empty.summary == "There are no lines in the log.")
    #expect(texts(TrainingCurve.figure([try line(5, 0.5, 1)])).contains("100 %"))
  }

  /// Of many points so many are drawn as can be seen, the extremes among them, and their mean.
  @Test func manyPoints() throws {
    var steps = try (0..<5000).map { try line($0, $0 % 2 == 0 ? 0.9 : 1.1, 0.5) }
    steps[3333] = try line(3333, 9, 0.5)
    let figure = TrainingCurve.figure(steps)
    let cloud = figure.marks.compactMap { if case .line(let points, .pale, width: 1) = $0 { points } else { nil } }
    #expect(cloud[0].count <= 600 && cloud[0].map(\.x) == cloud[0].map(\.x).sorted())
    let mean = lines(figure, .first)[0]
    #expect(mean.count == 300)
    // The loss of 9 stands out in the cloud alone.
    let (high, low) = (cloud[0].map(\.y).min()!, cloud[0].map(\.y).max()!)
    #expect(mean.map(\.y).min()! - high > 0.8 * (low - high))
    #expect(texts(figure).contains("training, smoothed"))
  }

  @Test func reliability() {
    var calibration = Calibration()
    for _ in 0..<30 { calibration.add(probability: 0.5, isCorrect: true) }
    for number in 0..<10 { calibration.add(probability: 1, isCorrect: number < 5) }
    let figure = ReliabilityDiagram.figure(calibration)
    let curve = lines(figure, .first)[0]
    #expect(curve.count == 2)
    // (50 %, 100 %) and (100 %, 50 %), in a box of 370 x 226.
    #expect(abs(curve[1].x - curve[0].x - 185) < 1e-4 && abs(curve[1].y - curve[0].y - 113) < 1e-4)
    let shares = figure.marks.compactMap { if case .area(_, _, _, let height, .first) = $0 { height } else { nil } }
    #expect(shares.count == 2 && abs(shares[0] - 0.75 * 226) < 1e-9)
    #expect(figure.summary.contains("error is 50.00 %"))
    #expect(lines(ReliabilityDiagram.figure(Calibration()), .first) == [])
  }

  @Test func svg() throws {
    var figure = Figure(width: 100, height: 50.5, title: "A <b> & \"c\"", summary: "It's so")
    figure.add(.line([CanvasPoint(x: 1, y: 2), CanvasPoint(x: 3.25, y: 4)], .first, width: 2))
    figure.add(.area(x: 1, y: 2, width: 3, height: 4.5, .pale))
    figure.add(.dot(CanvasPoint(x: 5, y: 6), radius: 2, .second))
    figure.add(.text("a<b", at: CanvasPoint(x: 7, y: 8), .end, .muted, isVertical: true))
    let svg = SVG.inline(figure, id: "x")
    #expect(
      svg.hasPrefix(
        "<svg viewBox=\"0 0 100 50.5\" width=\"100\" height=\"50.5\" role=\"img\" aria-labelledby=\"x-title x-summary\">"
      ))
    for part in [
      "<title id=\"x-title\">A &lt;b&gt; &amp; &quot;c&quot;</title>", "<desc id=\"x-summary\">It&#39;s so</desc>",
      "<path class=\"first\" d=\"M1 2L3.25 4\" stroke-width=\"2\"",
      "<rect class=\"pale\" x=\"1\" y=\"2\" width=\"3\" height=\"4.5\"/>",
      "<circle class=\"second\" cx=\"5\" cy=\"6\" r=\"2\"/>",
      "<text class=\"muted\" x=\"7\" y=\"8\" text-anchor=\"end\" transform=\"rotate(-90 7 8)\">a&lt;b</text>",
    ] { #expect(svg.contains(part), "\(part)") }
    let file = SVG.file(figure)
    #expect(file.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(file.contains("prefers-color-scheme: dark"))
    // Pixels: the area where the vectors have it.
    let canvas = Canvas(figure, palette: .dark, scale: 3)
    #expect((canvas.width, canvas.height) == (300, 152) && canvas[5, 18] == Palette.dark[.pale])
  }

  @Test func markup() {
    #expect(escaped(markup: "é→\t\u{1}\u{7f}\u{ffff}") == "é→\t\u{fffd}\u{fffd}\u{fffd}")
    for (text, code) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.encode(Array(text.utf8)) == code)
    }
    #expect(Base64.encode([0xfb, 0xff, 0xfe]) == "+//+")
  }

  @Test func sparkline() {
    var curve = Sparkline(width: 8)
    #expect(curve.text == "")
    for step in 1...16 { curve.add(pow(2, Double(-step)), at: step, of: 16) }
    #expect(curve.text == "█▇▆▅▄▃▂▁")
    var started = Sparkline(width: 8)
    started.add(.nan, at: 1, of: 80)
    started.add(0.5, at: 31, of: 80)
    started.add(0, at: 60, of: 80)
    #expect(started.text == "   █ ▁")
    // Of equal values none stands out, and what is beyond the end belongs to it.
    var flat = Sparkline(width: 3)
    for step in 1...4 { flat.add(1, at: step, of: 3) }
    #expect(flat.text == "▁▁▁")
  }
}

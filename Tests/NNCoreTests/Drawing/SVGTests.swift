import NNCore
import Testing

@Suite struct SVGTests {
  @Test func svg() throws {
    var figure = Figure(width: 100, height: 50.5, title: "A <b> & \"c\"", summary: "It's so")
    figure.add(.line([CanvasPoint(x: 1, y: 2), CanvasPoint(x: 3.25, y: 4)], .first, width: 2))
    figure.add(.area(x: 1, y: 2, width: 3, height: 4.5, .pale))
    figure.add(.dot(CanvasPoint(x: 5, y: 6), radius: 2, .second))
    figure.add(.text("a<b", at: CanvasPoint(x: 7, y: 8), .end, .muted, isVertical: true))
    let svg = SVG.inline(figure, id: "x")
    #expect(
      svg.hasPrefix(
        "<svg viewBox=\"0 0 100 50.5\" width=\"100\" height=\"50.5\" role=\"img\""
          + " aria-labelledby=\"x-title x-summary\">"
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
  }
}

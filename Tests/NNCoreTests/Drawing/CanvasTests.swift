import NNCore
import Testing

@Suite struct CanvasTests {
  private let white = Color(0xffffff)
  private let black = Color(0x000000)
  private let red = Color(0xff0000)

  private func darkness(_ canvas: Canvas) -> Double {
    (0..<canvas.height).reduce(0) { sum, y in
      (0..<canvas.width).reduce(sum) { $0 + 1 - Double(canvas[$1, y].green) / 255 }
    }
  }

  @Test func writtenAndRead() throws {
    var canvas = Canvas(width: 7, height: 5, background: Color(0x102030))
    canvas.fill(Box(x: 2, y: 1, width: 3, height: 2), red)
    let picture = try PNG.decode(canvas.png, of: nowhere())
    #expect((picture.width, picture.height) == (7, 5))
    for y in 0..<5 {
      for x in 0..<7 {
        let color = (2..<5).contains(x) && (1..<3).contains(y) ? red : Color(0x102030)
        #expect(canvas[x, y] == color)
        #expect(
          Array(picture.samples[4 * (7 * y + x)..<4 * (7 * y + x) + 4]) == [color.red, color.green, color.blue, 255])
      }
    }
  }

  /// Noise, which deflate can't shrink, has room too.
  @Test(arguments: [(1, 1), (517, 3), (64, 700)]) func noiseIsWritten(_ width: Int, _ height: Int) throws {
    var random = RandomState(seed: 3)
    let pixels = (0..<3 * width * height).map { _ in UInt8(random.integer(through: 255)) }
    let picture = try PNG.decode(Bytes(PNG.encode(rgb: pixels, width: width, height: height)), of: nowhere())
    #expect(picture.samples.enumerated().filter { $0.offset % 4 < 3 }.map(\.element) == pixels)
  }

  @Test func beyondTheBordersIsCutOff() {
    var canvas = Canvas(width: 10, height: 10, background: white)
    canvas.fill(Box(x: -5, y: -5, width: 7, height: 100), black)
    canvas.fill(Box(x: 30, y: 30, width: 7, height: 7), black)
    canvas.fill(Box(x: -30, y: 3, width: 7, height: 7), black)
    canvas.frame(Box(x: 8, y: -2, width: 9, height: 30), red)
    canvas.text("out of it", x: -20, baseline: 5, red, scale: 2)
    canvas.text("out of it", x: 5, baseline: 200, red, isVertical: true)
    canvas.line([CanvasPoint(x: -100, y: -100), CanvasPoint(x: 100, y: 300)], width: 3, red)
    canvas.disc(CanvasPoint(x: 9, y: 9), radius: 40, black)
    canvas.draw(width: 2, height: 2, x: 9, y: 9, magnification: 4) { _ in red }
    #expect(canvas[9, 9] == red && canvas[0, 0] == black)
  }

  @Test func linesAreAsWideAsTheySay() {
    for (end, width) in [
      (CanvasPoint(x: 180, y: 20), 1.0), (CanvasPoint(x: 180, y: 180), 2), (CanvasPoint(x: 20.5, y: 150), 5),
    ] {
      var canvas = Canvas(width: 200, height: 200, background: white)
      let start = CanvasPoint(x: 20, y: 20)
      canvas.line([start, end], width: width, black)
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      // With half a circle at each end.
      let area = (dx * dx + dy * dy).squareRoot() * width + .pi * width * width / 4
      #expect(abs(darkness(canvas) - area) < 0.05 * area + 1)
    }
    var canvas = Canvas(width: 50, height: 50, background: white)
    canvas.disc(CanvasPoint(x: 25, y: 25), radius: 10, black)
    #expect(abs(darkness(canvas) - .pi * 100) < 5)
    #expect(canvas[25, 25] == black && canvas[25, 14] == white)
  }

  @Test func textStandsWhereItShould() {
    func columns(_ anchor: TextAnchor) -> [Int] {
      var canvas = Canvas(width: 60, height: 20, background: white)
      canvas.text("HH", x: 30, baseline: 12, black, anchor: anchor)
      let inked = (0..<60).filter { x in (0..<20).contains { canvas[x, $0] == black } }
      let rows = (0..<20).filter { y in (0..<60).contains { canvas[$0, y] == black } }
      #expect(rows == Array(3..<12))
      return [inked[0], inked[inked.count - 1]]
    }
    #expect(columns(.start) == [30, 42] && columns(.end) == [17, 29] && columns(.middle) == [24, 36])
  }

  /// Vertical text is the same, a quarter turned.
  @Test func verticalText() {
    var flat = Canvas(width: 60, height: 60, background: white)
    var upright = flat
    flat.text("Rag 7", x: 10, baseline: 40, black, scale: 2)
    upright.text("Rag 7", x: 40, baseline: 50, black, scale: 2, isVertical: true)
    #expect(darkness(flat) > 50)
    for y in 0..<60 {
      for x in 0..<60 { #expect(upright[y, 59 - x] == flat[x, y]) }
    }
  }
}

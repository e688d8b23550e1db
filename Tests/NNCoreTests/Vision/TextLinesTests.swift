import NNCore
import Testing

@Suite struct TextLinesTests {
  /// The box of a digit 20 high at a place in a line: `slope` rows down a column.
  private func digit(_ x: Int, line: Int, slope: Double = 0, height: Int = 20) -> PixelBox {
    let middle = line + Int(slope * Double(x))
    return PixelBox(columns: x..<x + 12, rows: middle - height / 2..<middle + height - height / 2)
  }

  @Test func linesFromTheTopWhateverTheOrder() {
    let boxes = [
      digit(60, line: 80), digit(10, line: 20), digit(300, line: 84), digit(40, line: 24), digit(90, line: 18),
    ]
    #expect(TextLines(boxes, height: 20).lines == [[1, 3, 4], [0, 2]])
  }

  @Test(arguments: [-0.12, -0.05, 0.05, 0.12])
  func slantedLinesStayApart(slope: Double) {
    let columns = [10, 30, 52, 160, 180, 330, 350, 372]
    let boxes = [100, 135, 170].flatMap { line in columns.map { digit($0, line: line, slope: slope) } }
    let lines = TextLines(boxes, height: 20).lines
    #expect(lines == [Array(0..<8), Array(8..<16), Array(16..<24)])
  }

  @Test func smallPiecesGoToTheirLine() {
    // A bar above the second digit, a speck far from all.
    let boxes = [
      digit(10, line: 30), digit(30, line: 30), PixelBox(columns: 34..<46, rows: 18..<21), digit(10, line: 70),
      PixelBox(columns: 200..<203, rows: 300..<303),
    ]
    #expect(TextLines(boxes, height: 20).lines == [[0, 1, 2], [3]])
  }

  @Test func nothing() {
    #expect(TextLines([], height: 20).lines.isEmpty)
  }
}

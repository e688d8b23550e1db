import NNCore
import Testing

@Suite struct MistakeSheetTests {
  /// Answers of 1 for pictures from 128 on, the surer the whiter; all are truly 0.
  private func mistakes(_ shades: [UInt8], rows: Int, columns: Int) -> (Evaluation, Dataset) {
    let size = rows * columns
    let layer = Layer(
      inputCount: size, outputCount: 2, activation: .softmax,
      weights: Array(repeating: 0, count: size) + Array(repeating: 10 / Float(size), count: size), biases: [0, -5])
    var network = Network(layers: [layer])
    (network.rows, network.columns) = (rows, columns)
    let pixels = shades.flatMap { Array(repeating: $0, count: size) }
    let data = Dataset(
      count: shades.count, inputs: .pixels(Bytes(pixels), rows: rows, columns: columns),
      labels: Array(repeating: 0, count: shades.count))
    return (Evaluation(Ensemble(network), on: data, pool: WorkerPool(count: 1)), data)
  }

  private func sheet(_ shades: [UInt8], rows: Int, columns: Int) throws -> Canvas {
    let (evaluation, data) = mistakes(shades, rows: rows, columns: columns)
    return try MistakeSheet(evaluation, of: data, named: "data").canvas
  }

  @Test func theSurestMistakesComeFirst() throws {
    let shades: [UInt8] = [151, 20, 202, 30, 177]
    #expect(mistakes(shades, rows: 2, columns: 2).0.mostConfidentErrors.map(\.index) == [2, 4, 0])
    let canvas = try sheet(shades, rows: 2, columns: 2)
    let boxes = try [202, 177, 151].map { shade in
      try #require(canvas.find(Color(red: shade, green: shade, blue: shade))).box
    }
    #expect(boxes.allSatisfy { $0.width == 84 && $0.height == 84 && $0.y == boxes[0].y })
    #expect(boxes.map(\.x) == boxes.map(\.x).sorted() && Set(boxes.map(\.x)).count == 3)
    // What was answered rightly isn't shown.
    #expect(canvas.find(Color(red: 20, green: 20, blue: 20)) == nil)
  }

  @Test func picturesKeepTheirShape() throws {
    let tall = try #require(sheet([200], rows: 40, columns: 10).find(Color(0xc8c8c8))).box
    #expect(tall.width == 20 && tall.height == 80)
    // Larger than there is room for.
    let wide = try #require(sheet([200], rows: 50, columns: 400).find(Color(0xc8c8c8))).box
    #expect(wide.width == 168 && wide.height == 21)
  }

  @Test func asManyAsCanBeLookedAt() throws {
    let most = MistakeSheet.maximumPictures
    let canvas = try sheet(Array(repeating: 200, count: most + 50), rows: 1, columns: 1)
    let all = try #require(canvas.find(Color(0xc8c8c8)))
    #expect(all.count == most * 84 * 84)
    // Without mistakes the sheet says so.
    let none = try sheet([1, 2], rows: 1, columns: 1)
    #expect(none.height < 150 && none.find(Color(0x1b1e23)) != nil)
    expectFault("holds features") {
      let data = Dataset(count: 1, inputs: .features(Bytes([0, 0, 0, 0]), width: 1), labels: [0])
      return try MistakeSheet(mistakes([1], rows: 1, columns: 1).0, of: data, named: "data")
    }
  }
}

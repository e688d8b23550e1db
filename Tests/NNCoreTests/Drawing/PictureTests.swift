import NNCore
import Testing

/// The pictures of an evaluation.
@Suite struct PictureTests {
  /// Where a colour is: how many pixels, and the box around them.
  ///
  /// - Parameter legend: rows at the bottom that don't count.
  private func find(_ color: Color, in canvas: Canvas, legend: Int = 0) -> (count: Int, box: Box)? {
    let pixel = [color.red, color.green, color.blue]
    var (count, left, right, top, bottom) = (0, Int.max, -1, Int.max, -1)
    canvas.samples.withUnsafeBufferPointer { samples in
      for place in 0..<canvas.width * (canvas.height - legend)
      where samples[3 * place] == pixel[0] && samples[3 * place + 1] == pixel[1] && samples[3 * place + 2] == pixel[2] {
        let (x, y) = (place % canvas.width, place / canvas.width)
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
        count += 1
      }
    }
    return count == 0 ? nil : (count, Box(x: left, y: top, width: right - left + 1, height: bottom - top + 1))
  }

  @Test func confusion() throws {
    let canvas = ConfusionPicture([[6, 2, 0], [0, 5, 0], [0, 0, 0]], classes: ["a", "b", "c"]).canvas
    let first = try #require(find(ColorScale.right[0.75], in: canvas, legend: 76))
    let second = try #require(find(ColorScale.right[1], in: canvas, legend: 76))
    // A quarter of the row, by its root.
    let wrong = try #require(find(ColorScale.wrong[0.5], in: canvas, legend: 76))
    for cell in [first, wrong] {
      // All of a cell but its lines and its number.
      #expect((3000...64 * 64).contains(cell.count), "\(cell)")
    }
    // A line goes between a cell and the next.
    #expect(wrong.box.x == first.box.x + 65 && wrong.box.y == first.box.y)
    #expect(second.box.x == first.box.x + 65 && second.box.y == first.box.y + 65)
  }

  @Test(arguments: [1, 2, 10, 40, 300, 2500]) func confusionOfManyClasses(_ count: Int) throws {
    var matrix = Array(repeating: Array(repeating: 0, count: count), count: count)
    for label in 0..<count { matrix[label][label] = 1_000_000 }
    let names = (0..<count).map { "class-\($0)-with-a-long-and-odd-name-é" }
    let canvas = ConfusionPicture(matrix, classes: names).canvas
    #expect((300...2200).contains(canvas.width) && (250...2200).contains(canvas.height))
    // The diagonal is all right, however small.
    let right = try #require(find(ColorScale.right[1], in: canvas, legend: 76))
    #expect(right.count >= min(count, 1600) / 2)
    #expect((right.box.width - right.box.height).magnitude < 4 || count == 1)
  }

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
      try #require(find(Color(red: shade, green: shade, blue: shade), in: canvas)).box
    }
    #expect(boxes.allSatisfy { $0.width == 84 && $0.height == 84 && $0.y == boxes[0].y })
    #expect(boxes.map(\.x) == boxes.map(\.x).sorted() && Set(boxes.map(\.x)).count == 3)
    // What was answered rightly isn't shown.
    #expect(find(Color(red: 20, green: 20, blue: 20), in: canvas) == nil)
  }

  @Test func picturesKeepTheirShape() throws {
    let tall = try #require(find(Color(0xc8c8c8), in: sheet([200], rows: 40, columns: 10))).box
    #expect(tall.width == 20 && tall.height == 80)
    // Larger than there is room for.
    let wide = try #require(find(Color(0xc8c8c8), in: sheet([200], rows: 50, columns: 400))).box
    #expect(wide.width == 168 && wide.height == 21)
  }

  @Test func asManyAsCanBeLookedAt() throws {
    let most = MistakeSheet.maximumPictures
    let canvas = try sheet(Array(repeating: 200, count: most + 50), rows: 1, columns: 1)
    let all = try #require(find(Color(0xc8c8c8), in: canvas))
    #expect(all.count == most * 84 * 84)
    // Without mistakes the sheet says so.
    let none = try sheet([1, 2], rows: 1, columns: 1)
    #expect(none.height < 150 && find(Color(0x1b1e23), in: none) != nil)
    expectFault("holds features") {
      let data = Dataset(count: 1, inputs: .features(Bytes([0, 0, 0, 0]), width: 1), labels: [0])
      return try MistakeSheet(mistakes([1], rows: 1, columns: 1).0, of: data, named: "data")
    }
  }

  private func network(_ weights: [[Float]], rows: Int, columns: Int, isOnly: Bool = false) -> Network {
    let first = Layer(
      inputCount: weights[0].count, outputCount: weights.count, activation: isOnly ? .softmax : .relu,
      weights: weights.flatMap { $0 }, biases: Array(repeating: 0, count: weights.count))
    let last = Layer(
      inputCount: weights.count, outputCount: 1, activation: .softmax,
      weights: Array(repeating: 1, count: weights.count),
      biases: [0])
    var network = Network(layers: isOnly ? [first] : [first, last])
    (network.rows, network.columns) = (rows, columns)
    return network
  }

  /// Each tile goes by its own greatest weight, to both sides alike.
  @Test func weights() throws {
    let canvas = try WeightTiles(network([[4, -4, 2, 0], [0.5, -1, 0, 0.25]], rows: 2, columns: 2)).canvas(of: "model")
    let red = try #require(find(ColorScale.diverging[1], in: canvas))
    let blue = try #require(find(ColorScale.diverging[0], in: canvas))
    let half = try #require(find(ColorScale.diverging[0.75], in: canvas))
    #expect(red.count == 70 * 70 && blue.count == 2 * 70 * 70 && half.count == 2 * 70 * 70)
    #expect(blue.box.x == red.box.x + 70 && red.box.y == blue.box.y && half.box.x == red.box.x)
    // No weight at all is white, and none that is no number is drawn as one.
    #expect(
      find(ColorScale.diverging[1], in: try WeightTiles(network([[0]], rows: 1, columns: 1)).canvas(of: "m")) == nil)
    let odd = try WeightTiles(network([[.nan, 1]], rows: 1, columns: 2)).canvas(of: "m")
    #expect(find(Color(0x4a4f57), in: odd) != nil && find(ColorScale.diverging[1], in: odd) != nil)
  }

  @Test func weightsOfAnyShape() throws {
    // Features are a band, and very many units the first of them.
    let band = try WeightTiles(network([Array(repeating: 1, count: 12)], rows: 1, columns: 12)).canvas(of: "m")
    let box = try #require(find(ColorScale.diverging[1], in: band)).box
    #expect(box.width == 132 && box.height == 12)
    let many = Array(repeating: [Float(1), -1, 1, -1], count: 5000)
    let canvas = try WeightTiles(network(many, rows: 2, columns: 2)).canvas(of: "m")
    #expect(find(ColorScale.diverging[1], in: canvas)!.count == WeightTiles.maximumTiles * 2 * 14 * 14)
    let only = try WeightTiles(network([[1], [-1]], rows: 1, columns: 1, isOnly: true)).canvas(of: "m")
    #expect(find(ColorScale.diverging[0], in: only) != nil)
    expectFault("too many for a picture") {
      try WeightTiles(
        network(Array(repeating: Array(repeating: 1, count: 60_000), count: 200), rows: 1, columns: 60_000)
      )
      .canvas(of: "m")
    }
  }
}

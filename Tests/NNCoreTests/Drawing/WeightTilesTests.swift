import NNCore
import Testing

@Suite struct WeightTilesTests {
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
    let red = try #require(canvas.find(ColorScale.diverging[1]))
    let blue = try #require(canvas.find(ColorScale.diverging[0]))
    let half = try #require(canvas.find(ColorScale.diverging[0.75]))
    #expect(red.count == 70 * 70 && blue.count == 2 * 70 * 70 && half.count == 2 * 70 * 70)
    #expect(blue.box.x == red.box.x + 70 && red.box.y == blue.box.y && half.box.x == red.box.x)
    // No weight at all is white, and none that is no number is drawn as one.
    #expect(
      try WeightTiles(network([[0]], rows: 1, columns: 1)).canvas(of: "m").find(ColorScale.diverging[1]) == nil)
    let odd = try WeightTiles(network([[.nan, 1]], rows: 1, columns: 2)).canvas(of: "m")
    #expect(odd.find(Color(0x4a4f57)) != nil && odd.find(ColorScale.diverging[1]) != nil)
  }

  @Test func weightsOfAnyShape() throws {
    // Features are a band, and very many units the first of them.
    let band = try WeightTiles(network([Array(repeating: 1, count: 12)], rows: 1, columns: 12)).canvas(of: "m")
    let box = try #require(band.find(ColorScale.diverging[1])).box
    #expect(box.width == 132 && box.height == 12)
    let many = Array(repeating: [Float(1), -1, 1, -1], count: 5000)
    let canvas = try WeightTiles(network(many, rows: 2, columns: 2)).canvas(of: "m")
    #expect(canvas.find(ColorScale.diverging[1])!.count == WeightTiles.maximumTiles * 2 * 14 * 14)
    let only = try WeightTiles(network([[1], [-1]], rows: 1, columns: 1, isOnly: true)).canvas(of: "m")
    #expect(only.find(ColorScale.diverging[0]) != nil)
    expectFault("too many for a picture") {
      try WeightTiles(
        network(Array(repeating: Array(repeating: 1, count: 60_000), count: 200), rows: 1, columns: 60_000)
      )
      .canvas(of: "m")
    }
  }
}

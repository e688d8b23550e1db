import NNCore
import Testing

@Suite struct GreyPictureMorphologyTests {
  /// Each filter is compared with its definition on noise, also with windows larger than the picture.
  @Test(arguments: [(17, 11), (1, 9), (8, 1), (3, 40)])
  func filtersMatchTheirDefinitions(width: Int, height: Int) {
    var random = RandomState(seed: 9)
    let picture = GreyPicture(
      width: width, height: height, values: random.rand(width * height).map { (Float($0) * 8).rounded() / 8 })
    for radius in [0, 1, 2, 5, 20] {
      func window(_ place: Int) -> [Float] {
        let (x, y) = (place % width, place / width)
        return (max(0, y - radius)...min(height - 1, y + radius)).flatMap { y in
          (max(0, x - radius)...min(width - 1, x + radius)).map { picture[$0, y] }
        }
      }
      let windows = picture.values.indices.map(window)
      #expect(picture.dilated(radius).values == windows.map { $0.max()! })
      #expect(picture.eroded(radius).values == windows.map { $0.min()! })
      let means = windows.map { Double($0.reduce(0, +)) / Double($0.count) }
      expectClose(picture.boxBlurred(radius).values.map(Double.init), means, within: 1e-5)
    }
  }

  /// Closing removes a dark line and opening a light one; each keeps an edge where it is.
  @Test func closingAndOpeningRemoveLinesAndKeepEdges() {
    let edge = GreyPicture(width: 20, height: 9, values: (0..<180).map { $0 % 20 < 12 ? 0.25 : 0.75 })
    for (line, filter) in [(Float(0), { $0.closed(2) }), (1, { $0.opened(2) })]
      as [(Float, (GreyPicture) -> GreyPicture)]
    {
      var drawn = edge
      for place in 80..<100 { drawn.values[place] = line }
      #expect(filter(drawn) == edge)
    }
  }
}

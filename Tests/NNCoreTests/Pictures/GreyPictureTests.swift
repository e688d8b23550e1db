import NNCore
import Testing

@Suite struct GreyPictureTests {
  /// See make-resize.py.
  @Test func resizedAsPillowDoes() throws {
    for wanted in try Fixtures.figures("resize").items {
      let picture = GreyPicture(
        width: wanted["width"].int, height: wanted["height"].int, values: wanted["pixels"].ints.map { Float($0) / 255 })
      let (width, height) = (wanted["new_width"].int, wanted["new_height"].int)
      let got = picture.resized(width: width, height: height)
      #expect((got.width, got.height) == (width, height))
      expectClose(
        got.values.map(Double.init), wanted["result"].doubles, within: 1e-5,
        "\(picture.width) x \(picture.height) to \(width) x \(height)")
    }
  }

  @Test func sameSizeIsTheSame() {
    let picture = GreyPicture(width: 3, height: 2, values: [0, 0.1, 0.2, 0.3, 0.4, 1])
    #expect(picture.resized(width: 3, height: 2) == picture)
  }

  @Test func shrinkingKeepsTheMean() {
    var random = RandomState(seed: 3)
    let picture = GreyPicture(width: 97, height: 61, values: random.rand(97 * 61).map(Float.init))
    let mean = Double(picture.values.reduce(0, +)) / Double(picture.values.count)
    for (width, height) in [(20, 13), (1, 1), (96, 60), (50, 61)] {
      let values = picture.resized(width: width, height: height).values
      expectClose([Double(values.reduce(0, +)) / Double(values.count)], [mean], within: 1e-5)
    }
  }
}

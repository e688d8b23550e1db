/// The width of the strokes that a digit is drawn with.
enum StrokeWidth {
  /// Nineteen of twenty digits of MNIST are within, in pixels of the 28 × 28.
  static let usual: ClosedRange<Float> = 1.65...3.9

  /// The mean width of the strokes, in pixels: twice the area over the length of the outline, which is the sum of the
  /// gradient, soft edges or not.
  static func measured(_ ink: GreyPicture) -> Float {
    let (width, height) = (ink.width, ink.height)
    func value(_ x: Int, _ y: Int) -> Float {
      x < 0 || y < 0 || x >= width || y >= height ? 0 : ink.values[y * width + x]
    }
    var outline: Float = 0
    for y in 0...height {
      for x in 0...width {
        // Roberts' cross, between four pixels.
        let (first, second) = (value(x, y) - value(x - 1, y - 1), value(x, y - 1) - value(x - 1, y))
        outline += ((first * first + second * second) / 2).squareRoot()
      }
    }
    return outline > 0 ? 2 * ink.values.reduce(0, +) / outline : 0
  }

  /// The digit with its outline moved by `distance` pixels, outwards if above 0, on a picture that is as much larger on
  /// each side. Where the ink is half, is the outline.
  ///
  /// - Precondition: the distance is half a pixel or more, either way.
  static func moved(_ ink: GreyPicture, by distance: Float) -> GreyPicture {
    let margin = max(0, Int(distance.rounded(.up))) + 1
    let (width, height) = (ink.width + 2 * margin, ink.height + 2 * margin)
    var padded = GreyPicture(width: width, height: height, values: Array(repeating: 0, count: width * height))
    for y in 0..<ink.height {
      let start = (y + margin) * width + margin
      padded.values.replaceSubrange(start..<start + ink.width, with: ink.values[y * ink.width..<(y + 1) * ink.width])
    }
    // Between a pixel in and its neighbour out lies the outline, half a pixel from both. Moved by that or more, all on
    // its one side is ink, or none is.
    if distance > 0 {
      let outside = DistanceTransform.squared(of: padded) { $0 > 0.5 }
      for place in outside.indices { padded.values[place] = min(max(distance + 1 - outside[place].squareRoot(), 0), 1) }
    } else {
      let inside = DistanceTransform.squared(of: padded) { $0 <= 0.5 }
      for place in inside.indices { padded.values[place] = min(max(distance + inside[place].squareRoot(), 0), 1) }
    }
    return padded
  }
}

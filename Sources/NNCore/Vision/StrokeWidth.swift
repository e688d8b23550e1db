/// Measures and changes the stroke width of a digit.
enum StrokeWidth {
  /// The stroke widths of 95 % of MNIST's digits, in pixels of the 28 × 28.
  static let usual: ClosedRange<Float> = 1.65...3.9

  /// The mean stroke width in pixels: twice the area over the length of the outline. The length is the sum of the
  /// gradient's magnitude, for sharp and soft edges alike.
  static func measured(_ ink: GreyPicture) -> Float {
    let (width, height) = (ink.width, ink.height)
    func value(_ x: Int, _ y: Int) -> Float {
      x < 0 || y < 0 || x >= width || y >= height ? 0 : ink.values[y * width + x]
    }
    var outline: Float = 0
    for y in 0...height {
      for x in 0...width {
        // The gradient by Roberts' cross, between four pixels.
        let (first, second) = (value(x, y) - value(x - 1, y - 1), value(x, y - 1) - value(x - 1, y))
        outline += ((first * first + second * second) / 2).squareRoot()
      }
    }
    return outline > 0 ? 2 * ink.values.reduce(0, +) / outline : 0
  }

  /// The digit with its outline, the contour at half ink, moved by `distance` pixels: dilated if above 0, else eroded.
  /// The picture grows by as much on each side.
  ///
  /// - Precondition: the absolute distance is at least half a pixel.
  static func outlineMoved(_ ink: GreyPicture, by distance: Float) -> GreyPicture {
    let margin = max(0, Int(distance.rounded(.up))) + 1
    let (width, height) = (ink.width + 2 * margin, ink.height + 2 * margin)
    var padded = GreyPicture(width: width, height: height, values: Array(repeating: 0, count: width * height))
    for y in 0..<ink.height {
      let start = (y + margin) * width + margin
      padded.values.replaceSubrange(start..<start + ink.width, with: ink.values[y * ink.width..<(y + 1) * ink.width])
    }
    // The outline is half a pixel away from the pixels on both of its sides. Moved by at least that, it leaves one side
    // with full ink, or with none.
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

/// Where the first row and the first column of a stored picture belong, with the numbers of EXIF (CIPA DC-008, section
/// 4.6.5.1.4).
enum PictureOrientation: UInt16, CaseIterable {
  /// The first row is the top, the first column the left side.
  case upright = 1
  case mirrored, upsideDown, flipped
  /// The first row is the left side, the first column the top.
  case transposed
  /// The first row is the right side, the first column the top.
  case turnedLeft
  case transversed, turnedRight

  private var isFromRight: Bool { [.mirrored, .upsideDown, .transversed, .turnedRight].contains(self) }
  private var isFromBottom: Bool { [.upsideDown, .flipped, .turnedLeft, .transversed].contains(self) }
  private var isSideways: Bool { rawValue >= Self.transposed.rawValue }

  /// The picture as it is to be seen.
  ///
  /// - Parameter samples: as many samples for each of `width` × `height` pixels, row by row.
  func turned(_ samples: [UInt8], width: Int, height: Int) -> (width: Int, height: Int, samples: [UInt8]) {
    guard self != .upright else { return (width, height, samples) }
    let depth = samples.count / (width * height)
    let (columns, rows) = isSideways ? (height, width) : (width, height)
    var turned: [UInt8] = []
    turned.reserveCapacity(samples.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = isSideways ? (row, column) : (column, row)
        let pixel = (isFromBottom ? height - 1 - y : y) * width + (isFromRight ? width - 1 - x : x)
        for sample in depth * pixel..<depth * (pixel + 1) { turned.append(samples[sample]) }
      }
    }
    return (columns, rows, turned)
  }
}

// Grey-scale morphology and box blur with square structuring elements, as separable filters.

extension GreyPicture {
  /// The dilation by a square: each pixel becomes the maximum of the pixels up to `radius` away in both directions.
  package func dilated(_ radius: Int) -> GreyPicture { filtered { Self.slidingMaximum($0, radius) } }

  /// The erosion by a square: each pixel becomes the minimum of the pixels up to `radius` away in both directions.
  package func eroded(_ radius: Int) -> GreyPicture {
    filtered { line in Self.slidingMaximum(line.map { -$0 }, radius).map { -$0 } }
  }

  /// The closing by a square: a dilation and then an erosion, which removes dark details narrower than the square.
  package func closed(_ radius: Int) -> GreyPicture { dilated(radius).eroded(radius) }

  /// The opening by a square: an erosion and then a dilation, which removes light details narrower than the square.
  package func opened(_ radius: Int) -> GreyPicture { eroded(radius).dilated(radius) }

  /// The box blur: each pixel becomes the mean of the pixels up to `radius` away in both directions.
  package func boxBlurred(_ radius: Int) -> GreyPicture {
    radius == 0 ? self : filtered { Self.slidingMean($0, radius) }
  }

  /// Applies `body` to each row, and then to each column of the result.
  private func filtered(_ body: ([Float]) -> [Float]) -> GreyPicture {
    let rows = GreyPicture(
      width: width, height: height,
      values: (0..<height).flatMap { body(Array(values[$0 * width..<($0 + 1) * width])) })
    let columns = rows.transposed
    return GreyPicture(
      width: height, height: width,
      values: (0..<width).flatMap { body(Array(columns.values[$0 * height..<($0 + 1) * height])) }
    ).transposed
  }

  /// The picture with rows and columns exchanged.
  var transposed: GreyPicture {
    var turned: [Float] = []
    turned.reserveCapacity(values.count)
    for x in 0..<width {
      for y in 0..<height { turned.append(values[y * width + x]) }
    }
    return GreyPicture(width: height, height: width, values: turned)
  }

  /// The maximum of each window of 2 × `radius` + 1 values, in a time independent of the radius: a window's maximum is
  /// the maximum of a suffix of one block and a prefix of the next (van Herk, 1992).
  private static func slidingMaximum(_ line: [Float], _ radius: Int) -> [Float] {
    let (count, window) = (line.count, 2 * radius + 1)
    guard radius > 0 else { return line }
    // Padding of -∞ at both ends never becomes the maximum.
    let padded = (count + 2 * radius + window - 1) / window * window
    var forward = Array(repeating: -Float.infinity, count: padded)
    for place in 0..<count { forward[place + radius] = line[place] }
    var backward = forward
    for place in 1..<padded {
      if place % window != 0 { forward[place] = max(forward[place], forward[place - 1]) }
      let mirrored = padded - 1 - place
      if (mirrored + 1) % window != 0 { backward[mirrored] = max(backward[mirrored], backward[mirrored + 1]) }
    }
    return (0..<count).map { max(backward[$0], forward[$0 + window - 1]) }
  }

  /// The mean of each window of up to 2 × `radius` + 1 values; windows are cut off at the ends.
  private static func slidingMean(_ line: [Float], _ radius: Int) -> [Float] {
    let count = line.count
    var sum: Float = 0
    var (start, end) = (0, 0)
    return (0..<count).map { place in
      while end < min(place + radius + 1, count) {
        sum += line[end]
        end += 1
      }
      while start < place - radius {
        sum -= line[start]
        start += 1
      }
      return sum / Float(end - start)
    }
  }
}

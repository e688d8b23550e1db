// Dilation, erosion and smoothing by squares, side by side in each direction.

extension GreyPicture {
  /// Each pixel the greatest of those up to `radius` away across and down.
  func dilated(_ radius: Int) -> GreyPicture { filtered { Self.slidingMaximum($0, radius) } }

  /// Each pixel the least of those up to `radius` away across and down.
  func eroded(_ radius: Int) -> GreyPicture {
    filtered { line in Self.slidingMaximum(line.map { -$0 }, radius).map { -$0 } }
  }

  /// Each pixel the mean of those up to `radius` away across and down.
  func smoothed(by radius: Int) -> GreyPicture {
    radius == 0 ? self : filtered { Self.slidingMean($0, radius) }
  }

  /// Rows, then columns, taken through `body`.
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

  var transposed: GreyPicture {
    var turned: [Float] = []
    turned.reserveCapacity(values.count)
    for x in 0..<width {
      for y in 0..<height { turned.append(values[y * width + x]) }
    }
    return GreyPicture(width: height, height: width, values: turned)
  }

  /// In a time that doesn't grow with the radius: the greatest of a window is that of the end of one block and the
  /// start of the next (van Herk, 1992).
  private static func slidingMaximum(_ line: [Float], _ radius: Int) -> [Float] {
    let (count, window) = (line.count, 2 * radius + 1)
    guard radius > 0 else { return line }
    // With what is no maximum before and after.
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

/// A grey picture with values of 0 (black) … 1 (white), row by row.
package struct GreyPicture: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package var values: [Float]

  package init(width: Int, height: Int, values: [Float]) {
    precondition(values.count == width * height)
    (self.width, self.height, self.values) = (width, height, values)
  }

  package subscript(x: Int, y: Int) -> Float { values[y * width + x] }

  /// The values as bytes, 0…255, clamped and rounded to nearest.
  package var pixels: [UInt8] { values.map { UInt8((min(max($0, 0), 1) * 255).rounded()) } }

  /// The picture with `body` applied to each pixel.
  func mapped(_ body: (Float) -> Float) -> GreyPicture {
    GreyPicture(width: width, height: height, values: values.map(body))
  }

  /// The picture with `body` applied to each pair of corresponding pixels.
  ///
  /// - Precondition: both pictures have the same size.
  func merged(with other: GreyPicture, _ body: (Float, Float) -> Float) -> GreyPicture {
    precondition((width, height) == (other.width, other.height))
    var result = self
    for place in values.indices { result.values[place] = body(values[place], other.values[place]) }
    return result
  }

  /// The picture cropped to `columns` and `rows`.
  func cropped(columns: Range<Int>, rows: Range<Int>) -> GreyPicture {
    GreyPicture(
      width: columns.count, height: rows.count,
      values: rows.flatMap { values[$0 * width + columns.lowerBound..<$0 * width + columns.upperBound] })
  }

  /// The picture at another size: shrunk by area averaging, enlarged by linear interpolation.
  package func resized(width newWidth: Int, height newHeight: Int) -> GreyPicture {
    if (newWidth, newHeight) == (width, height) { return self }
    let horizontal = Self.weights(from: width, to: newWidth)
    let vertical = Self.weights(from: height, to: newHeight)
    var narrow = [Float](repeating: 0, count: newWidth * height)
    for y in 0..<height {
      for (x, taps) in horizontal.enumerated() {
        narrow[y * newWidth + x] = taps.reduce(0) { $0 + $1.weight * values[y * width + $1.place] }
      }
    }
    var result = [Float](repeating: 0, count: newWidth * newHeight)
    for (y, taps) in vertical.enumerated() {
      for x in 0..<newWidth {
        result[y * newWidth + x] = taps.reduce(0) { $0 + $1.weight * narrow[$1.place * newWidth + x] }
      }
    }
    return GreyPicture(width: newWidth, height: newHeight, values: result)
  }

  /// The picture, shrunk if its longer side is longer than `side` pixels.
  func shrunk(toFit side: Int) -> GreyPicture {
    let longer = max(width, height)
    guard longer > side else { return self }
    func length(_ length: Int) -> Int { max(1, (length * side + longer / 2) / longer) }
    return resized(width: length(width), height: length(height))
  }

  /// For each of `target` pixels along a side, its source pixels and their weights, which add up to 1.
  private static func weights(from source: Int, to target: Int) -> [[(place: Int, weight: Float)]] {
    let step = Double(source) / Double(target)
    return (0..<target).map { place in
      if target <= source {
        let (start, end) = (Double(place) * step, Double(place + 1) * step)
        return (Int(start)..<min(source, Int(end.rounded(.up)))).map { index in
          (index, Float((min(end, Double(index + 1)) - max(start, Double(index))) / step))
        }
      }
      let centre = min(max((Double(place) + 0.5) * step - 0.5, 0), Double(source - 1))
      let first = min(Int(centre), max(source - 2, 0))
      let share = Float(centre - Double(first))
      return source == 1 ? [(0, 1)] : [(first, 1 - share), (first + 1, share)]
    }
  }
}

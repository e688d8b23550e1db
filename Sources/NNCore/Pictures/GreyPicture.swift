/// A picture of grey values, 0…1, row by row.
package struct GreyPicture: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package var values: [Float]

  package init(width: Int, height: Int, values: [Float]) {
    precondition(values.count == width * height)
    (self.width, self.height, self.values) = (width, height, values)
  }

  package subscript(x: Int, y: Int) -> Float { values[y * width + x] }

  /// Each pixel by itself.
  func mapped(_ body: (Float) -> Float) -> GreyPicture {
    GreyPicture(width: width, height: height, values: values.map(body))
  }

  /// Each pixel with that of a picture of the same size.
  func merged(with other: GreyPicture, _ body: (Float, Float) -> Float) -> GreyPicture {
    precondition((width, height) == (other.width, other.height))
    var result = self
    for place in values.indices { result.values[place] = body(values[place], other.values[place]) }
    return result
  }

  /// The part of `columns` and `rows`.
  func cropped(columns: Range<Int>, rows: Range<Int>) -> GreyPicture {
    GreyPicture(
      width: columns.count, height: rows.count,
      values: rows.flatMap { values[$0 * width + columns.lowerBound..<$0 * width + columns.upperBound] })
  }

  /// The picture at another size: shrunk by the mean of what each pixel covers, enlarged by linear interpolation.
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

  /// The picture with its longer side at most `side` pixels long.
  func shrunk(toFit side: Int) -> GreyPicture {
    let longer = max(width, height)
    guard longer > side else { return self }
    func length(_ length: Int) -> Int { max(1, (length * side + longer / 2) / longer) }
    return resized(width: length(width), height: length(height))
  }
  /// For each of `target` places along a side, which of `source` it takes how much of; the shares add up to 1.
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

/// Counts of values of 0…1 in 256 steps.
struct Histogram {
  private(set) var count = 0
  private var bins = Array(repeating: 0, count: 256)

  mutating func add(_ value: Float) {
    bins[Int(min(max(value, 0), 1) * 255 + 0.5)] += 1
    count += 1
  }

  /// Those up to a value, and those above it.
  func split(at value: Float) -> (low: Histogram, high: Histogram) {
    var (low, high) = (Histogram(), Histogram())
    for (bin, number) in bins.enumerated() where number > 0 {
      if Float(bin) / 255 <= value {
        low.bins[bin] = number
        low.count += number
      } else {
        high.bins[bin] = number
        high.count += number
      }
    }
    return (low, high)
  }

  /// The value that `share` of the values don't exceed.
  func quantile(_ share: Double) -> Float {
    let wanted = Int((share * Double(count)).rounded(.up))
    var seen = 0
    for (bin, number) in bins.enumerated() {
      seen += number
      if seen >= max(wanted, 1) { return Float(bin) / 255 }
    }
    return 1
  }

  /// The threshold that splits the values into the two groups of least inner variance (Otsu, 1979): values up to it are
  /// the one group.
  var otsuThreshold: Float {
    let total = bins.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
    var (best, bestVariance) = (0, -1.0)
    var (belowCount, belowSum) = (0.0, 0.0)
    for bin in 0..<255 {
      belowCount += Double(bins[bin])
      belowSum += Double(bin * bins[bin])
      let aboveCount = Double(count) - belowCount
      guard belowCount > 0, aboveCount > 0 else { continue }
      let difference = belowSum / belowCount - (total - belowSum) / aboveCount
      let variance = belowCount * aboveCount * difference * difference
      if variance > bestVariance { (best, bestVariance) = (bin, variance) }
    }
    return (Float(best) + 0.5) / 255
  }
}

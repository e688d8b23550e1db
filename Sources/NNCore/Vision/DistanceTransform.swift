/// The exact Euclidean distance transform (Felzenszwalb and Huttenlocher, 2012).
enum DistanceTransform {
  /// The squared distance of each pixel from the nearest pixel that satisfies `isNear`.
  ///
  /// - Returns: the squares row by row; huge values if no pixel satisfies `isNear`.
  static func squared(of picture: GreyPicture, to isNear: (Float) -> Bool) -> [Float] {
    let (width, height) = (picture.width, picture.height)
    // First pass: distances within each column, from above and from below.
    var squares = picture.values.map { isNear($0) ? 0 : Self.far }
    for place in squares.indices.dropFirst(width) { squares[place] = min(squares[place], squares[place - width] + 1) }
    for place in squares.indices.dropLast(width).reversed() {
      squares[place] = min(squares[place], squares[place + width] + 1)
    }
    for place in squares.indices { squares[place] *= squares[place] }
    var line = Array(repeating: Float(0), count: width)
    var parabolas = Parabolas(count: width)
    for y in 0..<height {
      for x in 0..<width { line[x] = squares[y * width + x] }
      parabolas.lowest(line, count: width) { squares[y * width + $0] = $1 }
    }
    return squares
  }

  /// A distance longer than any column whose square is finite.
  private static let far: Float = 1e6

  /// The lower envelope of parabolas, one rooted at each place of a line.
  private struct Parabolas {
    private var places: [Int]
    private var starts: [Float]

    init(count: Int) {
      places = Array(repeating: 0, count: count)
      starts = Array(repeating: 0, count: count + 1)
    }

    /// Calls `body` with each place of the line and the minimum of all parabolas there.
    mutating func lowest(_ line: [Float], count: Int, _ body: (Int, Float) -> Void) {
      var last = 0
      places[0] = 0
      (starts[0], starts[1]) = (-.infinity, .infinity)
      for place in 1..<max(count, 1) {
        var crossing: Float
        repeat {
          let other = places[last]
          crossing =
            (line[place] - line[other] + Float(place * place - other * other)) / Float(2 * (place - other))
          if crossing <= starts[last] { last -= 1 } else { break }
        } while last >= 0
        last += 1
        places[last] = place
        (starts[last], starts[last + 1]) = (crossing, .infinity)
      }
      last = 0
      for place in 0..<count {
        while starts[last + 1] < Float(place) { last += 1 }
        let distance = Float(place - places[last])
        body(place, distance * distance + line[places[last]])
      }
    }
  }
}

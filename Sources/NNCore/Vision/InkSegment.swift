/// A segment of a line's ink: a whole connected component, or the part of one between two cuts. One or several
/// neighbouring segments form a digit.
struct InkSegment {
  /// The index of the segment's component in the line.
  let component: Int
  /// The segment's place among the segments of its component, from the left.
  let place: Int
  /// The number of segments of the component.
  let count: Int
  /// The bounding box of the segment's strokes, without soft edges.
  let bounds: PixelBox
  /// The position of the upper left corner of `picture` in the page.
  let origin: (x: Int, y: Int)
  /// The segment's ink including soft edges.
  let picture: GreyPicture
  /// The sum of the segment's ink.
  let ink: Float
  /// The number of strokes that the cut on the right crosses, by the usual stroke width; 0 at the component's right
  /// end.
  let strokesCut: Double

  var isWhole: Bool { count == 1 }

  /// The picture of `segments` alone, with a blank border so that none looks cut off.
  static func picture(of segments: some Collection<InkSegment>) -> GreyPicture {
    let frames = segments.map {
      PixelBox(
        columns: $0.origin.x..<$0.origin.x + $0.picture.width, rows: $0.origin.y..<$0.origin.y + $0.picture.height)
    }
    let tight = frames.dropFirst().reduce(frames[0]) { $0.union($1) }
    let frame = PixelBox(
      columns: tight.x - 1..<tight.columns.upperBound + 1, rows: tight.y - 1..<tight.rows.upperBound + 1)
    var values = [Float](repeating: 0, count: frame.width * frame.height)
    for (segment, own) in zip(segments, frames) {
      for row in 0..<own.height {
        let start = (own.y - frame.y + row) * frame.width + own.x - frame.x
        for column in 0..<own.width {
          values[start + column] = max(values[start + column], segment.picture[column, row])
        }
      }
    }
    return GreyPicture(width: frame.width, height: frame.height, values: values)
  }
}

extension ConnectedComponents {
  /// The picture of one component with a border of one pixel for its soft edges: adjacent ink below the threshold,
  /// which belongs to no component.
  func picture(of component: Component, in ink: GreyPicture) -> (origin: (x: Int, y: Int), picture: GreyPicture) {
    let (left, top) = (max(0, component.bounds.x - 1), max(0, component.bounds.y - 1))
    let (right, bottom) = (
      min(ink.width, component.bounds.columns.upperBound + 1), min(ink.height, component.bounds.rows.upperBound + 1)
    )
    let width = right - left
    var picture = GreyPicture(
      width: width, height: bottom - top, values: Array(repeating: 0, count: width * (bottom - top)))
    for run in runs[component.runs] {
      for row in max(top, Int(run.row) - 1)..<min(bottom, Int(run.row) + 2) {
        for column in max(left, Int(run.start) - 1)..<min(right, Int(run.end) + 1) {
          let value = ink[column, row]
          if value <= threshold || row == Int(run.row) && run.columns.contains(column) {
            picture.values[(row - top) * width + column - left] = value
          }
        }
      }
    }
    return ((left, top), picture)
  }

  /// The non-empty segments of a component between `cuts`.
  ///
  /// - Parameters:
  ///   - number: the component's index in its line.
  ///   - stroke: the usual stroke width in pixels.
  func segments(of component: Component, number: Int, in ink: GreyPicture, cuts: [SeamCuts.Cut], stroke: Double)
    -> [InkSegment]
  {
    let (origin, whole) = picture(of: component, in: ink)
    guard !cuts.isEmpty else {
      return [
        InkSegment(
          component: number, place: 0, count: 1, bounds: component.bounds, origin: origin, picture: whole,
          ink: component.ink,
          strokesCut: 0)
      ]
    }
    var found: [(bounds: PixelBox, picture: GreyPicture, ink: Float, cut: Float)] = []
    for place in 0...cuts.count {
      var picture = whole
      var bounds: PixelBox?
      for row in 0..<whole.height {
        for column in 0..<whole.width where whole[column, row] > 0 {
          // A pixel belongs to the segment whose place is the number of cuts to the left of the pixel.
          if cuts.count(where: { $0.columns[row] <= column }) != place {
            picture.values[row * whole.width + column] = 0
          } else if whole[column, row] > threshold {
            let (x, y) = (origin.x + column, origin.y + row)
            let pixel = PixelBox(columns: x..<x + 1, rows: y..<y + 1)
            bounds = bounds?.union(pixel) ?? pixel
          }
        }
      }
      if let bounds {
        let frame = PixelBox(
          columns: max(0, bounds.x - origin.x - 1)..<min(whole.width, bounds.columns.upperBound - origin.x + 1),
          rows: max(0, bounds.y - origin.y - 1)..<min(whole.height, bounds.rows.upperBound - origin.y + 1))
        let cropped = picture.cropped(columns: frame.columns, rows: frame.rows)
        found.append((bounds, cropped, cropped.values.reduce(0, +), place < cuts.count ? cuts[place].ink : 0))
      } else if place < cuts.count, !found.isEmpty {
        found[found.count - 1].cut = min(found[found.count - 1].cut, cuts[place].ink)
      }
    }
    return found.enumerated().map { place, segment in
      InkSegment(
        component: number, place: place, count: found.count, bounds: segment.bounds,
        origin: (max(origin.x, segment.bounds.x - 1), max(origin.y, segment.bounds.y - 1)), picture: segment.picture,
        ink: segment.ink,
        strokesCut: place == found.count - 1 ? 0 : Double(segment.cut) / stroke)
    }
  }
}

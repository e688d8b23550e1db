// The dense product: six rows of the left factor times one panel of the right, or two where registers allow it, summed
// in registers. Panels are the packed form that weights are kept in, so nothing is packed for a product. A long inner
// dimension is gone through in parts, so that a panel's lines stay in the first-level cache for all tiles of a block; the
// elements of the left factor come from the second-level cache as fast as they are used.

/// Rows of a tile.
public let tileRows = 6

/// Where a tile's left factor is: element (row, k) at `start + offset(row) + k · step`.
struct TileSource {
  let start: UnsafePointer<Float>
  let step: Int
  private let o1: Int, o2: Int, o3: Int, o4: Int, o5: Int

  /// Rows beyond `rows` are taken to be the first again, for their sums not to be used.
  @inline(__always)
  init(_ start: UnsafePointer<Float>, rowStride: Int, step: Int, rows: Int) {
    (self.start, self.step) = (start, step)
    o1 = rows > 1 ? rowStride : 0
    o2 = rows > 2 ? 2 &* rowStride : 0
    o3 = rows > 3 ? 3 &* rowStride : 0
    o4 = rows > 4 ? 4 &* rowStride : 0
    o5 = rows > 5 ? 5 &* rowStride : 0
  }

  @inline(__always)
  func broadcast(_ k: Int) -> (Vector, Vector, Vector, Vector, Vector, Vector) {
    let p = start + k &* step
    return (
      Vector(repeating: p[0]), Vector(repeating: p[o1]), Vector(repeating: p[o2]), Vector(repeating: p[o3]),
      Vector(repeating: p[o4]), Vector(repeating: p[o5])
    )
  }
}

/// Six rows of sums over one panel.
struct Tile {
  var r0 = Vector.zero, r1 = Vector.zero, r2 = Vector.zero, r3 = Vector.zero, r4 = Vector.zero, r5 = Vector.zero

  @inline(__always)
  init() {}

  /// Adds the product of `source` with `count` rows of `panel`.
  @inline(__always)
  mutating func add(_ source: TileSource, _ panel: UnsafePointer<Float>, count: Int) {
    var k = 0
    while k < count {
      let b = load(panel, k &* lanes)
      let a = source.broadcast(k)
      r0 = multiplyAdd(r0, a.0, b)
      r1 = multiplyAdd(r1, a.1, b)
      r2 = multiplyAdd(r2, a.2, b)
      r3 = multiplyAdd(r3, a.3, b)
      r4 = multiplyAdd(r4, a.4, b)
      r5 = multiplyAdd(r5, a.5, b)
      k &+= 1
    }
  }

  /// The sums kept at `place`.
  @inline(__always)
  init(at place: UnsafeMutablePointer<Float>) {
    r0 = load(place)
    r1 = load(place, lanes)
    r2 = load(place, 2 &* lanes)
    r3 = load(place, 3 &* lanes)
    r4 = load(place, 4 &* lanes)
    r5 = load(place, 5 &* lanes)
  }

  /// Keeps the sums at `place`, where there is to be room for `tileRows` · `lanes` Floats.
  @inline(__always)
  func keep(at place: UnsafeMutablePointer<Float>) {
    store(r0, place)
    store(r1, place, lanes)
    store(r2, place, 2 &* lanes)
    store(r3, place, 3 &* lanes)
    store(r4, place, 4 &* lanes)
    store(r5, place, 5 &* lanes)
  }

  /// Hands over the first `rows` rows.
  @inline(__always)
  func forEach(rows: Int, _ body: (_ row: Int, _ sum: Vector) -> Void) {
    body(0, r0)
    if rows > 1 { body(1, r1) }
    if rows > 2 { body(2, r2) }
    if rows > 3 { body(3, r3) }
    if rows > 4 { body(4, r4) }
    if rows > 5 { body(5, r5) }
  }
}

/// Six rows of sums over two panels, `stride` apart.
struct TilePair {
  var left = Tile()
  var right = Tile()

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func add(_ source: TileSource, _ panel: UnsafePointer<Float>, stride: Int, count: Int) {
    var k = 0
    while k < count {
      let (b, c) = (load(panel, k &* lanes), load(panel, stride &+ k &* lanes))
      let a = source.broadcast(k)
      left.r0 = multiplyAdd(left.r0, a.0, b)
      right.r0 = multiplyAdd(right.r0, a.0, c)
      left.r1 = multiplyAdd(left.r1, a.1, b)
      right.r1 = multiplyAdd(right.r1, a.1, c)
      left.r2 = multiplyAdd(left.r2, a.2, b)
      right.r2 = multiplyAdd(right.r2, a.2, c)
      left.r3 = multiplyAdd(left.r3, a.3, b)
      right.r3 = multiplyAdd(right.r3, a.3, c)
      left.r4 = multiplyAdd(left.r4, a.4, b)
      right.r4 = multiplyAdd(right.r4, a.4, c)
      left.r5 = multiplyAdd(left.r5, a.5, b)
      right.r5 = multiplyAdd(right.r5, a.5, c)
      k &+= 1
    }
  }
}

/// Rows of tiles that go through all panels before the next do: their elements of the left factor then come from the
/// second-level cache, whatever their order in memory.
private let blockRows = 8 * tileRows

/// The part of the inner dimension that all tiles of a block go through before the next: so many lines of the right factor
/// stay in the first-level cache, and of so many pages, one a row of the left factor, a processor knows the addresses.
let innerPart = 64

/// Every tile of `rows` rows and `panels` panels: its sums over one or more runs of the inner dimension, handed over
/// row by row.
///
/// - Parameters:
///   - runs: parts of the inner dimension.
///   - runsAtATime: those that all tiles of a block go through before the next ones, of about `innerPart` in all.
///   - source: the left factor of a run, for the tile that starts at a row and has so many.
///   - panel: the right factor of a run, for a panel; panels are `panelStride` apart.
///   - count: the length of a run.
@inline(__always)
func forEachTile(
  rows: Range<Int>, panels: Range<Int>, runs: Int, runsAtATime: Int, panelStride: Int,
  source: (_ run: Int, _ row: Int, _ rows: Int) -> TileSource,
  panel: (_ run: Int, _ panel: Int) -> UnsafePointer<Float>, count: (_ run: Int) -> Int,
  _ body: (_ row: Int, _ panel: Int, _ sum: Vector) -> Void
) {
  // Sums of a block's tiles between the parts.
  let tileSize = tileRows &* lanes
  withUnsafeTemporaryAllocation(
    byteCount: runs > runsAtATime ? 2 &* blockRows &* lanes &* 4 : 0, alignment: 16
  ) { memory in
    let kept = memory.baseAddress!.assumingMemoryBound(to: Float.self)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(start + blockRows, rows.upperBound)
      var index = panels.lowerBound
      #if NN_WIDE
        while index + 2 <= panels.upperBound {
          var part = 0
          repeat {
            let last = min(part + runsAtATime, runs)
            for row in stride(from: start, to: end, by: tileRows) {
              let (height, place) = (min(tileRows, end - row), kept + 2 &* (row - start) &* lanes)
              var tile = TilePair()
              if part > 0 {
                tile.left = Tile(at: place)
                tile.right = Tile(at: place + tileSize)
              }
              for run in part..<last {
                tile.add(source(run, row, height), panel(run, index), stride: panelStride, count: count(run))
              }
              if last == runs {
                tile.left.forEach(rows: height) { body(row &+ $0, index, $1) }
                tile.right.forEach(rows: height) { body(row &+ $0, index &+ 1, $1) }
              } else {
                tile.left.keep(at: place)
                tile.right.keep(at: place + tileSize)
              }
            }
            part = last
          } while part < runs
          index += 2
        }
      #endif
      while index < panels.upperBound {
        var part = 0
        repeat {
          let last = min(part + runsAtATime, runs)
          for row in stride(from: start, to: end, by: tileRows) {
            let (height, place) = (min(tileRows, end - row), kept + (row - start) &* lanes)
            var tile = part > 0 ? Tile(at: place) : Tile()
            for run in part..<last { tile.add(source(run, row, height), panel(run, index), count: count(run)) }
            if last == runs {
              tile.forEach(rows: height) { body(row &+ $0, index, $1) }
            } else {
              tile.keep(at: place)
            }
          }
          part = last
        } while part < runs
        index += 1
      }
      start = end
    }
  }
}

import NNKernelTypes

// The dense product: six rows of the left factor times one panel of the right factor, or two panels where the registers
// suffice, summed in registers. Weights are kept packed in panels, so that nothing is packed for a product. A long
// inner dimension is gone through in parts, so that a panel's lines stay in the first-level cache for all tiles of a
// block; the elements of the left factor come from the second-level cache as fast as they are used.

/// Where a tile's left factor is: element (row, k) at `start + offset(row) + k · step`.
struct TileSource {
  let start: UnsafePointer<Float>
  let step: Int
  private let o1: Int, o2: Int, o3: Int, o4: Int, o5: Int

  /// Rows beyond `rows` repeat the first row; their sums are not used.
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

/// Six rows of sums over some neighbouring panels.
protocol TileSums {
  static var panels: Int { get }
  init()
  /// The sums kept at `place`.
  init(at place: UnsafeMutablePointer<Float>)
  /// Keeps the sums at `place`, which has room for `panels` · `tileRows` · `lanes` Floats.
  func keep(at place: UnsafeMutablePointer<Float>)
  /// Adds the product of `source` with `count` rows of a panel, and of the panels that follow it by `stride`.
  mutating func add(_ source: TileSource, _ panel: UnsafePointer<Float>, stride: Int, count: Int)
  /// Hands over the first `rows` rows.
  func forEach(rows: Int, _ body: (_ row: Int, _ panel: Int, _ sum: Vector) -> Void)
}

/// Six rows of sums over one panel.
struct Tile: TileSums {
  static var panels: Int { @inline(__always) get { 1 } }

  var r0 = Vector.zero, r1 = Vector.zero, r2 = Vector.zero, r3 = Vector.zero, r4 = Vector.zero, r5 = Vector.zero

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func add(_ source: TileSource, _ panel: UnsafePointer<Float>, stride _: Int, count: Int) {
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

  @inline(__always)
  init(at place: UnsafeMutablePointer<Float>) {
    r0 = load(place)
    r1 = load(place, lanes)
    r2 = load(place, 2 &* lanes)
    r3 = load(place, 3 &* lanes)
    r4 = load(place, 4 &* lanes)
    r5 = load(place, 5 &* lanes)
  }

  @inline(__always)
  func keep(at place: UnsafeMutablePointer<Float>) {
    store(r0, place)
    store(r1, place, lanes)
    store(r2, place, 2 &* lanes)
    store(r3, place, 3 &* lanes)
    store(r4, place, 4 &* lanes)
    store(r5, place, 5 &* lanes)
  }

  @inline(__always)
  func forEach(rows: Int, _ body: (_ row: Int, _ panel: Int, _ sum: Vector) -> Void) {
    body(0, 0, r0)
    if rows > 1 { body(1, 0, r1) }
    if rows > 2 { body(2, 0, r2) }
    if rows > 3 { body(3, 0, r3) }
    if rows > 4 { body(4, 0, r4) }
    if rows > 5 { body(5, 0, r5) }
  }
}

/// Six rows of sums over two panels.
struct TilePair: TileSums {
  private var left = Tile()
  private var right = Tile()

  static var panels: Int { @inline(__always) get { 2 } }

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

  @inline(__always)
  init(at place: UnsafeMutablePointer<Float>) {
    left = Tile(at: place)
    right = Tile(at: place + tileRows &* lanes)
  }

  @inline(__always)
  func keep(at place: UnsafeMutablePointer<Float>) {
    left.keep(at: place)
    right.keep(at: place + tileRows &* lanes)
  }

  @inline(__always)
  func forEach(rows: Int, _ body: (_ row: Int, _ panel: Int, _ sum: Vector) -> Void) {
    left.forEach(rows: rows) { body($0, 0, $2) }
    right.forEach(rows: rows) { body($0, 1, $2) }
  }
}

/// Rows of a block of tiles. A block goes through all panels before the next block begins: its elements of the left
/// factor then come from the second-level cache, whatever their order in memory.
private let blockRows = 8 * tileRows

/// The length of a part of the inner dimension, which all tiles of a block go through before the next part: so many
/// lines of the right factor stay in the first-level cache, and so many pages, one a row of the left factor, in the
/// processor's table of pages (TLB).
let innerPart = 64

/// A product of two matrices, by tiles of the result.
protocol TiledProduct {
  /// Rows of the result, and panels.
  var rows: Range<Int> { get }
  var panels: Range<Int> { get }
  /// The inner dimension.
  var innerCount: Int { get }
  /// The left factor is contiguous in runs of this length along the inner dimension; `innerPart` or a divisor of it.
  var runLength: Int { get }
  /// The left factor from the inner index `start` on, where a run begins, for the tile that starts at `row` and has
  /// `height` rows.
  func source(from start: Int, row: Int, height: Int) -> TileSource
  /// The right factor's first panel, a row an inner index.
  var right: UnsafePointer<Float> { get }
  /// Floats from one panel of the right factor to the next.
  var panelStride: Int { get }
  /// Takes a row of a panel's sums.
  func take(_ sum: Vector, row: Int, panel: Int)
}

extension TiledProduct {
  var runLength: Int { @inline(__always) get { innerPart } }

  /// Computes every tile.
  @inline(__always)
  func compute() {
    if innerCount <= innerPart {
      compute(keepingSumsAt: nil)
    } else {
      withScratch(2 &* blockRows) { compute(keepingSumsAt: $0) }
    }
  }

  /// - Parameter place: memory for a block's sums between parts of the inner dimension; nil if there is one part.
  @inline(never)
  private func compute(keepingSumsAt place: UnsafeMutablePointer<Float>?) {
    var start = rows.lowerBound
    while start < rows.upperBound {
      let block = start..<min(start &+ blockRows, rows.upperBound)
      var index = panels.lowerBound
      #if NN_WIDE
        while index + 2 <= panels.upperBound {
          compute(block, panel: index, keepingSumsAt: place, TilePair.self)
          index += 2
        }
      #endif
      while index < panels.upperBound {
        compute(block, panel: index, keepingSumsAt: place, Tile.self)
        index += 1
      }
      start = block.upperBound
    }
  }

  /// The tiles of a block over a panel, or two.
  @inline(__always)
  private func compute<Sums: TileSums>(
    _ block: Range<Int>, panel: Int, keepingSumsAt place: UnsafeMutablePointer<Float>?, _: Sums.Type
  ) {
    var part = 0
    repeat {
      let end = min(part &+ innerPart, innerCount)
      for row in stride(from: block.lowerBound, to: block.upperBound, by: tileRows) {
        let height = min(tileRows, block.upperBound &- row)
        let kept = place.map { $0 + Sums.panels &* (row &- block.lowerBound) &* lanes }
        var sums = Sums()
        if part > 0, let kept { sums = Sums(at: kept) }
        var start = part
        while start < end {
          sums.add(
            source(from: start, row: row, height: height), right + panel &* panelStride + start &* lanes,
            stride: panelStride, count: min(runLength, end &- start))
          start &+= runLength
        }
        if end < innerCount, let kept {
          sums.keep(at: kept)
        } else {
          sums.forEach(rows: height) { take($2, row: row &+ $0, panel: panel &+ $1) }
        }
      }
      part = end
    } while part < innerCount
  }
}

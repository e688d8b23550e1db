import CProcessor

// Two sparse rows of bytes at a time, as a list of the places where one or the other is not zero.
//
// Both directions through a layer of sparse inputs are of this form: forward, two examples by their pixels; backward,
// two pixels by the examples that have them. A row of the matrix then is loaded once for two sums.

/// Lists the places below `count` where one of two rows of bytes is not zero.
///
/// - Parameter entries: room for `count`.
/// - Returns: how many there are.
public func listPair(
  _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, count: Int, entries: UnsafeMutablePointer<PairEntry>
) -> Int {
  var found = 0
  var place = 0
  while place + 64 <= count {
    // One bit a byte of the 64 that follow: whether either is not zero.
    var mask = processor_nonzero_bytes(first + place, second + place)
    while mask != 0 {
      let at = place + mask.trailingZeroBitCount
      entries[found] =
        PairEntry(truncatingIfNeeded: at) | PairEntry(first[at]) &<< 16 | PairEntry(second[at]) &<< 24
      found += 1
      mask &= mask &- 1
    }
    place += 64
  }
  while place < count {
    let bytes = PairEntry(first[place]) &<< 16 | PairEntry(second[place]) &<< 24
    entries[found] = PairEntry(truncatingIfNeeded: place) | bytes
    found += bytes == 0 ? 0 : 1
    place += 1
  }
  return found
}

/// The sums of a pair over up to four neighbouring panels of a matrix.
private protocol PairSums {
  init()
  /// Goes on from earlier sums.
  mutating func resume(_ earlier: (_ member: Int, _ panel: Int) -> Vector)
  /// Adds `x` and `y` times the matrix's row at `row`.
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int)
  /// Hands over each sum.
  func forEach(_ body: (_ member: Int, _ panel: Int, _ sum: Vector) -> Void)
}

private struct PairSums1: PairSums {
  private var a0 = Vector.zero, b0 = Vector.zero

  @inline(__always) init() {}

  @inline(__always)
  mutating func resume(_ earlier: (_ member: Int, _ panel: Int) -> Vector) {
    a0 = earlier(0, 0)
    b0 = earlier(1, 0)
  }

  @inline(__always)
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    let w = load(row)
    a0 = multiplyAdd(a0, x, w)
    b0 = multiplyAdd(b0, y, w)
  }

  @inline(__always)
  func forEach(_ body: (_ member: Int, _ panel: Int, _ sum: Vector) -> Void) {
    body(0, 0, a0)
    body(1, 0, b0)
  }
}

private struct PairSums2: PairSums {
  private var a0 = Vector.zero, a1 = Vector.zero, b0 = Vector.zero, b1 = Vector.zero

  @inline(__always) init() {}

  @inline(__always)
  mutating func resume(_ earlier: (_ member: Int, _ panel: Int) -> Vector) {
    a0 = earlier(0, 0)
    a1 = earlier(0, 1)
    b0 = earlier(1, 0)
    b1 = earlier(1, 1)
  }

  @inline(__always)
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    let (w0, w1) = (load(row), load(row, panelStride))
    a0 = multiplyAdd(a0, x, w0)
    a1 = multiplyAdd(a1, x, w1)
    b0 = multiplyAdd(b0, y, w0)
    b1 = multiplyAdd(b1, y, w1)
  }

  @inline(__always)
  func forEach(_ body: (_ member: Int, _ panel: Int, _ sum: Vector) -> Void) {
    body(0, 0, a0)
    body(0, 1, a1)
    body(1, 0, b0)
    body(1, 1, b1)
  }
}

private struct PairSums3: PairSums {
  private var a0 = Vector.zero, a1 = Vector.zero, a2 = Vector.zero
  private var b0 = Vector.zero, b1 = Vector.zero, b2 = Vector.zero

  @inline(__always) init() {}

  @inline(__always)
  mutating func resume(_ earlier: (_ member: Int, _ panel: Int) -> Vector) {
    a0 = earlier(0, 0)
    a1 = earlier(0, 1)
    a2 = earlier(0, 2)
    b0 = earlier(1, 0)
    b1 = earlier(1, 1)
    b2 = earlier(1, 2)
  }

  @inline(__always)
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    let w0 = load(row)
    a0 = multiplyAdd(a0, x, w0)
    b0 = multiplyAdd(b0, y, w0)
    let w1 = load(row, panelStride)
    a1 = multiplyAdd(a1, x, w1)
    b1 = multiplyAdd(b1, y, w1)
    let w2 = load(row, 2 &* panelStride)
    a2 = multiplyAdd(a2, x, w2)
    b2 = multiplyAdd(b2, y, w2)
  }

  @inline(__always)
  func forEach(_ body: (_ member: Int, _ panel: Int, _ sum: Vector) -> Void) {
    body(0, 0, a0)
    body(0, 1, a1)
    body(0, 2, a2)
    body(1, 0, b0)
    body(1, 1, b1)
    body(1, 2, b2)
  }
}

#if NN_WIDE
  private struct PairSums4: PairSums {
    private var a0 = Vector.zero, a1 = Vector.zero, a2 = Vector.zero, a3 = Vector.zero
    private var b0 = Vector.zero, b1 = Vector.zero, b2 = Vector.zero, b3 = Vector.zero

    @inline(__always) init() {}

    @inline(__always)
    mutating func resume(_ earlier: (_ member: Int, _ panel: Int) -> Vector) {
      a0 = earlier(0, 0)
      a1 = earlier(0, 1)
      a2 = earlier(0, 2)
      a3 = earlier(0, 3)
      b0 = earlier(1, 0)
      b1 = earlier(1, 1)
      b2 = earlier(1, 2)
      b3 = earlier(1, 3)
    }

    @inline(__always)
    mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int) {
      let (w0, w1) = (load(row), load(row, panelStride))
      let (w2, w3) = (load(row, 2 &* panelStride), load(row, 3 &* panelStride))
      a0 = multiplyAdd(a0, x, w0)
      b0 = multiplyAdd(b0, y, w0)
      a1 = multiplyAdd(a1, x, w1)
      b1 = multiplyAdd(b1, y, w1)
      a2 = multiplyAdd(a2, x, w2)
      b2 = multiplyAdd(b2, y, w2)
      a3 = multiplyAdd(a3, x, w3)
      b3 = multiplyAdd(b3, y, w3)
    }

    @inline(__always)
    func forEach(_ body: (_ member: Int, _ panel: Int, _ sum: Vector) -> Void) {
      body(0, 0, a0)
      body(0, 1, a1)
      body(0, 2, a2)
      body(0, 3, a3)
      body(1, 0, b0)
      body(1, 1, b1)
      body(1, 2, b2)
      body(1, 3, b3)
    }
  }
#endif

/// Adds the entries from `index` on whose places are below `limit` times the matrix's rows.
///
/// - Returns: the entry that comes next.
@inline(__always)
private func add<Sums: PairSums>(
  _ entries: UnsafePointer<PairEntry>, from start: Int, to end: Int, below limit: UInt32,
  _ table: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>, _ panelStride: Int, to sums: inout Sums
) -> Int {
  var index = start
  while index < end {
    let entry = entries[index]
    let place = entry & 0xffff
    if place >= limit { break }
    let row = matrix + Int(place) &* lanes
    let x = Vector(repeating: table[Int((entry &>> 16) & 0xff)])
    let y = Vector(repeating: table[Int(entry &>> 24)])
    sums.add(x, y, row, panelStride)
    index &+= 1
  }
  return index
}

/// Work on some neighbouring panels of a matrix, for as many as registers hold sums for.
private protocol PanelWork {
  func run<Sums: PairSums>(from panel: Int, _: Sums.Type)
}

/// Goes through all panels, as many at a time as registers hold sums for.
@inline(__always)
private func forEachPanels(_ panels: Int, _ work: some PanelWork) {
  var panel = 0
  #if NN_WIDE
    while panels - panel >= 4 {
      work.run(from: panel, PairSums4.self)
      panel += 4
    }
    if panels - panel == 3 {
      work.run(from: panel, PairSums3.self)
      panel += 3
    }
  #else
    // Three at a time, but two twice rather than three and one.
    while panels - panel >= 3 && panels - panel != 4 {
      work.run(from: panel, PairSums3.self)
      panel += 3
    }
  #endif
  while panels - panel >= 2 {
    work.run(from: panel, PairSums2.self)
    panel += 2
  }
  if panel < panels { work.run(from: panel, PairSums1.self) }
}

/// Rows of weights that all lists go through before the next do: three panels of them fit the first-level cache.
private let bandRows = 112

private struct ForwardWork: PanelWork {
  let lists: PairRun
  let cursors: UnsafeMutablePointer<Int>
  let table: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let inputCount: Int
  let biases: UnsafePointer<Float>
  let panelStride: Int
  let activation: OutputActivation
  let outputs: UnsafeMutablePointer<Float>
  let outputStride: Int
  let rows: Int

  @inline(__always)
  func run<Sums: PairSums>(from panel: Int, _: Sums.Type) {
    let start = weights + panel &* panelStride
    for list in 0..<lists.count { cursors[list] = lists.starts[list] }
    for band in stride(from: 0, to: inputCount, by: bandRows) {
      let isLast = band + bandRows >= inputCount
      for list in 0..<lists.count {
        // The partner of the last of an odd number of rows is that row itself.
        let second = min(2 &* list &+ 1, rows - 1) &* outputStride
        let (first, offset) = (outputs + 2 &* list &* outputStride, panel &* lanes)
        var sums = Sums()
        if band > 0 { sums.resume { load($0 == 0 ? first : outputs + second, offset &+ $1 &* lanes) } }
        cursors[list] = add(
          lists.entries, from: cursors[list], to: lists.starts[list &+ 1],
          below: UInt32(truncatingIfNeeded: band + bandRows), table, start, panelStride, to: &sums)
        sums.forEach { member, index, sum in
          let output =
            isLast ? activate(sum + load(biases, (panel &+ index) &* panelStride), activation) : sum
          store(output, member == 0 ? first : outputs + second, offset &+ index &* lanes)
        }
      }
    }
  }
}

/// Pairs of examples forward through a layer: activation(Σ table[byte] · weights of the place + biases).
///
/// - Parameters:
///   - lists: one a pair, of the inputs that are not zero, in their order.
///   - cursors: room for a number a list.
///   - table: what each of the 256 byte values stands for.
///   - weights: `panels` panels, a row an input, of which there are `inputCount`.
///   - biases: one more row of theirs.
///   - outputs: `rows` rows of `panels` · `lanes` Floats, `outputStride` apart, two a pair; the last pair may have one.
public func sparseForward(
  lists: PairRun, cursors: UnsafeMutablePointer<Int>, table: UnsafePointer<Float>, weights: UnsafePointer<Float>,
  inputCount: Int, biases: UnsafePointer<Float>, panelStride: Int, panels: Int, activation: OutputActivation,
  outputs: UnsafeMutablePointer<Float>, outputStride: Int, rows: Int
) {
  forEachPanels(
    panels,
    ForwardWork(
      lists: lists, cursors: cursors, table: table, weights: weights, inputCount: inputCount, biases: biases,
      panelStride: panelStride, activation: activation, outputs: outputs, outputStride: outputStride, rows: rows))
}

private struct UpdateWork: PanelWork {
  let lists: PairRun
  let table: UnsafePointer<Float>
  let gradients: UnsafePointer<Float>
  let gradientStride: Int
  let panels: Int
  let parameters: Parameters
  let rule: UpdateRule
  let partial: UnsafeMutablePointer<Float>?
  let isLast: Bool

  @inline(__always)
  func run<Sums: PairSums>(from panel: Int, _: Sums.Type) {
    let start = gradients + panel &* gradientStride
    for list in 0..<lists.count where lists.isNeeded(list) {
      var sums = Sums()
      _ = add(
        lists.entries, from: lists.starts[list], to: lists.starts[list &+ 1], below: .max, table, start,
        gradientStride, to: &sums)
      sums.forEach { member, index, sum in
        var sum = sum
        if let partial {
          let place = (2 &* (list &* panels &+ panel &+ index) &+ member) &* lanes
          sum += load(partial, place)
          if !isLast { store(sum, partial, place) }
        }
        if isLast {
          let place = (panel &+ index) &* parameters.panelStride &+ (2 &* list &+ member) &* lanes
          _ = update(parameters, place, gradient: sum, rule)
        }
      }
    }
  }
}

/// Pairs of inputs' rows of weights updated by Σ table[byte] · gradients of the place, an example.
///
/// - Parameters:
///   - lists: one a pair, of the examples in which the inputs are not zero; rows of lists that aren't needed stay.
///   - gradients: `panels` panels, a row an example.
///   - parameters: from the first pair's first row on.
///   - partial: 2 · `panels` vectors a pair, sums over earlier examples to go on from; nil if there are none.
///   - isLast: whether the sums are whole now and the rows are to be updated; else they go to `partial`.
public func sparseUpdate(
  lists: PairRun, table: UnsafePointer<Float>, gradients: UnsafePointer<Float>, gradientStride: Int, panels: Int,
  parameters: Parameters, rule: UpdateRule, partial: UnsafeMutablePointer<Float>?, isLast: Bool
) {
  forEachPanels(
    panels,
    UpdateWork(
      lists: lists, table: table, gradients: gradients, gradientStride: gradientStride, panels: panels,
      parameters: parameters, rule: rule, partial: partial, isLast: isLast))
}

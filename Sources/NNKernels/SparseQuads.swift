import CProcessor

// Four sparse rows of bytes at a time, as a list of the places where one of them is not zero.
//
// Both directions through a layer of sparse inputs are of this form: forward, four examples by their pixels; backward, four
// pixels by the examples that have them. A row of the matrix, which comes from the second-level cache at half the speed at
// which products are summed, then is loaded once for four sums.

/// Lists the places below `count` where one of four rows of bytes is not zero.
///
/// - Parameter entries: room for `count`, and `listPadding` more that may be written to.
/// - Returns: how many there are.
public func listQuad(
  _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ third: UnsafePointer<UInt8>,
  _ fourth: UnsafePointer<UInt8>, count: Int, entries: UnsafeMutablePointer<QuadEntry>
) -> Int {
  var found = 0
  var place = 0
  while place + 16 <= count {
    found &+= Int(
      processor_list_quad(
        first + place, second + place, third + place, fourth + place, UInt32(truncatingIfNeeded: place), entries + found))
    place &+= 16
  }
  while place < count {
    let low = QuadEntry(first[place]) &<< 32 | QuadEntry(second[place]) &<< 40
    let bytes = low | QuadEntry(third[place]) &<< 48 | QuadEntry(fourth[place]) &<< 56
    entries[found] = QuadEntry(truncatingIfNeeded: place) | bytes
    found &+= bytes == 0 ? 0 : 1
    place &+= 1
  }
  return found
}

/// What becomes of a quad's sums over a panel.
private protocol SumsTarget {
  func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, panel: Int)
}

/// The sums of a quad over some neighbouring panels of a matrix.
private protocol QuadSums {
  static var panels: Int { get }
  init()
  /// Adds the numbers that the entry's bytes stand for times the matrix's row at `row`.
  mutating func add(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int)
  /// The same where only the first two of them aren't zero.
  mutating func addFirstTwo(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int)
  /// The same where only the last two of them aren't zero.
  mutating func addLastTwo(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int)
  /// Hands over the sums, the first panel's as those of `panel`.
  func give(to target: some SumsTarget, from panel: Int)
}

/// What an entry's four bytes stand for.
private struct Numbers {
  let first: Float, second: Float, third: Float, fourth: Float

  @inline(__always)
  init(_ entry: QuadEntry, _ table: UnsafePointer<Float>) {
    first = table[Int((entry &>> 32) & 0xff)]
    second = table[Int((entry &>> 40) & 0xff)]
    third = table[Int((entry &>> 48) & 0xff)]
    fourth = table[Int(entry &>> 56)]
  }
}

private struct OnePanel: QuadSums {
  private var first = Vector.zero, second = Vector.zero, third = Vector.zero, fourth = Vector.zero

  static var panels: Int { @inline(__always) get { 1 } }

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    addFirstTwo(x, row, panelStride)
    addLastTwo(x, row, panelStride)
  }

  @inline(__always)
  mutating func addFirstTwo(_ x: Numbers, _ row: UnsafePointer<Float>, _: Int) {
    let w = load(row)
    first = multiplyAdd(first, Vector(repeating: x.first), w)
    second = multiplyAdd(second, Vector(repeating: x.second), w)
  }

  @inline(__always)
  mutating func addLastTwo(_ x: Numbers, _ row: UnsafePointer<Float>, _: Int) {
    let w = load(row)
    third = multiplyAdd(third, Vector(repeating: x.third), w)
    fourth = multiplyAdd(fourth, Vector(repeating: x.fourth), w)
  }

  @inline(__always)
  func give(to target: some SumsTarget, from panel: Int) {
    target.take(first, second, third, fourth, panel: panel)
  }
}

/// So joined, and not in an array, the sums of any number of panels are kept in registers.
private struct Joined<Low: QuadSums, High: QuadSums>: QuadSums {
  private var low = Low()
  private var high = High()

  static var panels: Int { @inline(__always) get { Low.panels + High.panels } }

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    low.add(x, row, panelStride)
    high.add(x, row + Low.panels &* panelStride, panelStride)
  }

  @inline(__always)
  mutating func addFirstTwo(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    low.addFirstTwo(x, row, panelStride)
    high.addFirstTwo(x, row + Low.panels &* panelStride, panelStride)
  }

  @inline(__always)
  mutating func addLastTwo(_ x: Numbers, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    low.addLastTwo(x, row, panelStride)
    high.addLastTwo(x, row + Low.panels &* panelStride, panelStride)
  }

  @inline(__always)
  func give(to target: some SumsTarget, from panel: Int) {
    low.give(to: target, from: panel)
    high.give(to: target, from: panel &+ Low.panels)
  }
}

private typealias TwoPanels = Joined<OnePanel, OnePanel>
private typealias ThreePanels = Joined<TwoPanels, OnePanel>
private typealias FourPanels = Joined<TwoPanels, TwoPanels>

/// The sums of table[byte] · the matrix's row of the place, over a list's entries.
///
/// Entries of the first two rows and of the last two go by turns, for products of the same sums wait for one another.
@inline(__always)
private func sums<Sums: QuadSums>(
  _ lists: QuadRun, _ list: Int, _ table: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>, _ panelStride: Int,
  _: Sums.Type
) -> Sums {
  var sums = Sums()
  let parts = lists.starts + QuadRun.parts &* list
  var (index, first, last) = (parts[0], parts[1], parts[2])
  let (end, firstEnd, lastEnd) = (first, last, parts[3])
  @inline(__always)
  func row(_ entry: QuadEntry) -> UnsafePointer<Float> { matrix + Int(entry & 0xffff_ffff) &* lanes }
  while index < end {
    let entry = lists.entries[index]
    sums.add(Numbers(entry, table), row(entry), panelStride)
    index &+= 1
  }
  while first < firstEnd && last < lastEnd {
    let (one, other) = (lists.entries[first], lists.entries[last])
    sums.addFirstTwo(Numbers(one, table), row(one), panelStride)
    sums.addLastTwo(Numbers(other, table), row(other), panelStride)
    first &+= 1
    last &+= 1
  }
  while first < firstEnd {
    let entry = lists.entries[first]
    sums.addFirstTwo(Numbers(entry, table), row(entry), panelStride)
    first &+= 1
  }
  while last < lastEnd {
    let entry = lists.entries[last]
    sums.addLastTwo(Numbers(entry, table), row(entry), panelStride)
    last &+= 1
  }
  return sums
}

/// Work on some neighbouring panels of a matrix, for as many as registers hold sums for.
private protocol PanelWork {
  func run<Sums: QuadSums>(from panel: Int, _: Sums.Type)
}

/// Goes through all panels, as many at a time as registers hold sums for: each time all entries are decoded again.
@inline(__always)
private func forEachPanels(_ panels: Int, _ work: some PanelWork) {
  var panel = 0
  while panel < panels {
    #if NN_WIDE
      let rest = panels - panel
      // Two twice or three twice rather than four and one or two, for single ones leave the processor waiting.
      if rest == 3 || rest == 5 || rest == 6 {
        work.run(from: panel, ThreePanels.self)
        panel += 3
        continue
      }
      if rest >= 4 {
        work.run(from: panel, FourPanels.self)
        panel += 4
        continue
      }
      if rest == 2 {
        work.run(from: panel, TwoPanels.self)
        panel += 2
        continue
      }
    #endif
    work.run(from: panel, OnePanel.self)
    panel += 1
  }
}

private struct ForwardWork: PanelWork {
  let lists: QuadRun
  let table: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let biases: UnsafePointer<Float>
  let panelStride: Int
  let activation: OutputActivation
  let outputs: UnsafeMutablePointer<Float>
  let outputStride: Int
  let rows: Int

  /// Four rows of outputs.
  private struct Target: SumsTarget {
    let work: ForwardWork
    let list: Int

    @inline(__always)
    func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, panel: Int) {
      let bias = load(work.biases, panel &* work.panelStride)
      put(first + bias, 0, panel)
      put(second + bias, 1, panel)
      put(third + bias, 2, panel)
      put(fourth + bias, 3, panel)
    }

    /// The members that the last quad lacks are its last row again.
    @inline(__always)
    private func put(_ sum: Vector, _ member: Int, _ panel: Int) {
      let row = min(4 &* list &+ member, work.rows &- 1)
      storeActivated(sum, work.outputs, row &* work.outputStride &+ panel &* lanes, work.activation)
    }
  }

  @inline(__always)
  func run<Sums: QuadSums>(from panel: Int, _: Sums.Type) {
    for list in 0..<lists.count {
      sums(lists, list, table, weights + panel &* panelStride, panelStride, Sums.self)
        .give(to: Target(work: self, list: list), from: panel)
    }
  }
}

/// Quads of examples forward through a layer: activation(Σ table[byte] · weights of the place + biases).
///
/// - Parameters:
///   - lists: one a quad, of the inputs that are not zero.
///   - table: what each of the 256 byte values stands for.
///   - weights: `panels` panels, a row an input.
///   - biases: one more row of theirs.
///   - outputs: `rows` rows of `panels` · `lanes` Floats, `outputStride` apart, four a quad; the last quad may have fewer,
///     the last of them again in place of those that it lacks.
public func sparseForward(
  lists: QuadRun, table: UnsafePointer<Float>, weights: UnsafePointer<Float>, biases: UnsafePointer<Float>,
  panelStride: Int, panels: Int, activation: OutputActivation, outputs: UnsafeMutablePointer<Float>, outputStride: Int,
  rows: Int
) {
  forEachPanels(
    panels,
    ForwardWork(
      lists: lists, table: table, weights: weights, biases: biases, panelStride: panelStride, activation: activation,
      outputs: outputs, outputStride: outputStride, rows: rows))
}

private struct UpdateWork: PanelWork {
  let lists: QuadRun
  let rows: UnsafePointer<Int32>
  let table: UnsafePointer<Float>
  let gradients: UnsafePointer<Float>
  let gradientStride: Int
  let parameters: Parameters
  let rule: UpdateRule

  /// Four rows of parameters.
  private struct Target: SumsTarget {
    let work: UpdateWork
    let list: Int

    @inline(__always)
    func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, panel: Int) {
      put(first, 0, panel)
      put(second, 1, panel)
      put(third, 2, panel)
      put(fourth, 3, panel)
    }

    @inline(__always)
    private func put(_ sum: Vector, _ member: Int, _ panel: Int) {
      let row = Int(work.rows[4 &* list &+ member])
      guard row >= 0 else { return }
      _ = update(work.parameters, panel &* work.parameters.panelStride &+ row &* lanes, gradient: sum, work.rule)
    }
  }

  @inline(__always)
  func run<Sums: QuadSums>(from panel: Int, _: Sums.Type) {
    for list in 0..<lists.count where lists.isNeeded(list) {
      sums(lists, list, table, gradients + panel &* gradientStride, gradientStride, Sums.self)
        .give(to: Target(work: self, list: list), from: panel)
    }
  }
}

/// Quads of inputs' rows of weights updated by Σ table[byte] · gradients of the place, an example.
///
/// - Parameters:
///   - lists: one a quad, of the examples in which the inputs are not zero; rows of lists that aren't needed stay.
///   - rows: four a quad, the inputs, below zero for one that isn't there.
///   - gradients: `panels` panels, a row an example.
public func sparseUpdate(
  lists: QuadRun, rows: UnsafePointer<Int32>, table: UnsafePointer<Float>, gradients: UnsafePointer<Float>,
  gradientStride: Int, panels: Int, parameters: Parameters, rule: UpdateRule
) {
  forEachPanels(
    panels,
    UpdateWork(
      lists: lists, rows: rows, table: table, gradients: gradients, gradientStride: gradientStride,
      parameters: parameters, rule: rule))
}

import CProcessor

// Two sparse rows of bytes at a time, as a list of the places where one or the other is not zero.
//
// Both directions through a layer of sparse inputs are of this form: forward, two examples by their pixels; backward,
// two pixels by the examples that have them. A row of the matrix then is loaded once for two sums.

/// Lists the places below `count` where one of two rows of bytes is not zero.
///
/// - Parameter entries: room for `count`, and `listPadding` more that may be written to.
/// - Returns: how many there are.
public func listPair(
  _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, count: Int, entries: UnsafeMutablePointer<PairEntry>
) -> Int {
  var found = 0
  var place = 0
  while place + 16 <= count {
    found &+= Int(processor_list_pair(first + place, second + place, UInt32(truncatingIfNeeded: place), entries + found))
    place &+= 16
  }
  while place < count {
    let bytes = PairEntry(first[place]) &<< 16 | PairEntry(second[place]) &<< 24
    entries[found] = PairEntry(truncatingIfNeeded: place) | bytes
    found &+= bytes == 0 ? 0 : 1
    place &+= 1
  }
  return found
}

/// What becomes of a pair's sums over a panel.
private protocol SumsTarget {
  func take(_ first: Vector, _ second: Vector, panel: Int)
}

/// The sums of a pair over some neighbouring panels of a matrix.
private protocol PairSums {
  static var panels: Int { get }
  init()
  /// Adds `x` and `y` times the matrix's row at `row`.
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int)
  /// Hands over the sums, the first panel's as those of `panel`.
  func give(to target: some SumsTarget, from panel: Int)
}

private struct OnePanel: PairSums {
  private var first = Vector.zero, second = Vector.zero

  static var panels: Int { @inline(__always) get { 1 } }

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    let w = load(row)
    first = multiplyAdd(first, x, w)
    second = multiplyAdd(second, y, w)
  }

  @inline(__always)
  func give(to target: some SumsTarget, from panel: Int) {
    target.take(first, second, panel: panel)
  }
}

/// So joined, and not in an array, the sums of any number of panels are kept in registers.
private struct Joined<Low: PairSums, High: PairSums>: PairSums {
  private var low = Low()
  private var high = High()

  static var panels: Int { @inline(__always) get { Low.panels + High.panels } }

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ x: Vector, _ y: Vector, _ row: UnsafePointer<Float>, _ panelStride: Int) {
    low.add(x, y, row, panelStride)
    high.add(x, y, row + Low.panels &* panelStride, panelStride)
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
private typealias EightPanels = Joined<FourPanels, FourPanels>

/// The sums of table[byte] · the matrix's row of the place, over a list's entries.
@inline(__always)
private func sums<Sums: PairSums>(
  _ lists: PairRun, _ list: Int, _ table: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>, _ panelStride: Int,
  _: Sums.Type
) -> Sums {
  var sums = Sums()
  var index = lists.starts[list]
  let end = lists.starts[list &+ 1]
  while index < end {
    let entry = lists.entries[index]
    let x = Vector(repeating: table[Int((entry &>> 16) & 0xff)])
    let y = Vector(repeating: table[Int(entry &>> 24)])
    sums.add(x, y, matrix + Int(entry & 0xffff) &* lanes, panelStride)
    index &+= 1
  }
  return sums
}

/// Work on some neighbouring panels of a matrix, for as many as registers hold sums for.
private protocol PanelWork {
  func run<Sums: PairSums>(from panel: Int, _: Sums.Type)
}

/// Goes through all panels, as many at a time as registers hold sums for: each time all entries are decoded again.
@inline(__always)
private func forEachPanels(_ panels: Int, _ work: some PanelWork) {
  var panel = 0
  while panel < panels {
    let rest = panels - panel
    #if NN_WIDE
      if rest >= 8 {
        work.run(from: panel, EightPanels.self)
        panel += 8
        continue
      }
      if rest == 7 || rest == 4 {
        work.run(from: panel, FourPanels.self)
        panel += 4
        continue
      }
    #endif
    // Two twice rather than three and one.
    if rest >= 3 && rest != 4 {
      work.run(from: panel, ThreePanels.self)
      panel += 3
    } else if rest >= 2 {
      work.run(from: panel, TwoPanels.self)
      panel += 2
    } else {
      work.run(from: panel, OnePanel.self)
      panel += 1
    }
  }
}

private struct ForwardWork: PanelWork {
  let lists: PairRun
  let table: UnsafePointer<Float>
  let weights: UnsafePointer<Float>
  let biases: UnsafePointer<Float>
  let panelStride: Int
  let activation: OutputActivation
  let outputs: UnsafeMutablePointer<Float>
  let outputStride: Int
  let rows: Int

  /// Two rows of outputs.
  private struct Target: SumsTarget {
    let work: ForwardWork
    let first: UnsafeMutablePointer<Float>
    let second: UnsafeMutablePointer<Float>

    @inline(__always)
    func take(_ a: Vector, _ b: Vector, panel: Int) {
      let bias = load(work.biases, panel &* work.panelStride)
      store(activate(a + bias, work.activation), first, panel &* lanes)
      store(activate(b + bias, work.activation), second, panel &* lanes)
    }
  }

  @inline(__always)
  func run<Sums: PairSums>(from panel: Int, _: Sums.Type) {
    for list in 0..<lists.count {
      // The partner of the last of an odd number of rows is that row itself.
      let target = Target(
        work: self, first: outputs + 2 &* list &* outputStride,
        second: outputs + min(2 &* list &+ 1, rows - 1) &* outputStride)
      sums(lists, list, table, weights + panel &* panelStride, panelStride, Sums.self).give(to: target, from: panel)
    }
  }
}

/// Pairs of examples forward through a layer: activation(Σ table[byte] · weights of the place + biases).
///
/// - Parameters:
///   - lists: one a pair, of the inputs that are not zero.
///   - table: what each of the 256 byte values stands for.
///   - weights: `panels` panels, a row an input.
///   - biases: one more row of theirs.
///   - outputs: `rows` rows of `panels` · `lanes` Floats, `outputStride` apart, two a pair; the last pair may have one.
public func sparseForward(
  lists: PairRun, table: UnsafePointer<Float>, weights: UnsafePointer<Float>, biases: UnsafePointer<Float>,
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
  let lists: PairRun
  let table: UnsafePointer<Float>
  let gradients: UnsafePointer<Float>
  let gradientStride: Int
  let panels: Int
  let parameters: Parameters
  let rule: UpdateRule
  let partial: UnsafeMutablePointer<Float>?
  let isLast: Bool

  /// Two rows of parameters, or sums for them.
  private struct Target: SumsTarget {
    let work: UpdateWork
    let list: Int

    @inline(__always)
    func take(_ first: Vector, _ second: Vector, panel: Int) {
      var (first, second) = (first, second)
      if let partial = work.partial {
        let place = 2 &* (list &* work.panels &+ panel) &* lanes
        first += load(partial, place)
        second += load(partial, place &+ lanes)
        if !work.isLast {
          store(first, partial, place)
          store(second, partial, place &+ lanes)
        }
      }
      if work.isLast {
        let place = panel &* work.parameters.panelStride &+ 2 &* list &* lanes
        _ = update(work.parameters, place, gradient: first, work.rule)
        _ = update(work.parameters, place &+ lanes, gradient: second, work.rule)
      }
    }
  }

  @inline(__always)
  func run<Sums: PairSums>(from panel: Int, _: Sums.Type) {
    for list in 0..<lists.count where lists.isNeeded(list) {
      sums(lists, list, table, gradients + panel &* gradientStride, gradientStride, Sums.self)
        .give(to: Target(work: self, list: list), from: panel)
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

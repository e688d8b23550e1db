// Sums over lists of entries for four rows of bytes at a time.
//
// Both directions through a layer of sparse inputs are of this form: forward, four examples by their pixels; backward, four
// pixels by the examples that have them. A row of the matrix, which comes from the second-level cache at half the speed at
// which products are summed, then is loaded once for four sums.

/// Lists, and the matrix whose rows their entries are multiplied by.
protocol SparseProduct {
  /// What the entries are multiplied by at once.
  associatedtype Numbers
  /// What the matrix consists of.
  associatedtype Element
  /// The sums of a quad over one panel.
  associatedtype Panel: QuadSums where Panel.Product == Self

  var lists: QuadRun { get }
  var matrix: UnsafePointer<Element> { get }
  /// Elements from one panel of the matrix to the next.
  var panelStride: Int { get }
  /// Entries that may be added before sums are settled; nil if any number may.
  static var entriesAtOnce: Int? { get }
  /// Those of the entry at `index`.
  func numbers(_ index: Int) -> Numbers
  /// The row of the matrix that the entry at `index` is for.
  func row(_ index: Int) -> Int
}

/// What becomes of the sums.
protocol SumsTarget {
  /// Takes those of a list's quad over a panel.
  func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, list: Int, panel: Int)
}

/// The sums of a quad over some neighbouring panels of a matrix.
protocol QuadSums {
  associatedtype Product: SparseProduct

  static var panels: Int { get }
  init()
  /// Adds an entry's numbers times the matrix's row.
  mutating func add(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int)
  /// The same where only the numbers of the first two rows aren't zero.
  mutating func addFirstTwo(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int)
  /// The same where only those of the last two rows aren't zero.
  mutating func addLastTwo(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int)
  /// Makes room for as many entries as may be added at once.
  mutating func settle()
  /// Hands over what has been settled, the first panel's sums as those of `panel`.
  func give(_ product: Product, to target: some SumsTarget, list: Int, from panel: Int)
}

extension QuadSums {
  @inline(__always)
  mutating func add(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int) {
    addFirstTwo(x, row, panelStride)
    addLastTwo(x, row, panelStride)
  }
}

/// So joined, and not in an array, the sums of any number of panels are kept in registers.
struct Joined<Low: QuadSums, High: QuadSums>: QuadSums where Low.Product == High.Product {
  typealias Product = Low.Product

  private var low = Low()
  private var high = High()

  static var panels: Int { @inline(__always) get { Low.panels + High.panels } }

  @inline(__always) init() {}

  @inline(__always)
  mutating func add(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int) {
    low.add(x, row, panelStride)
    high.add(x, row + Low.panels &* panelStride, panelStride)
  }

  @inline(__always)
  mutating func addFirstTwo(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int) {
    low.addFirstTwo(x, row, panelStride)
    high.addFirstTwo(x, row + Low.panels &* panelStride, panelStride)
  }

  @inline(__always)
  mutating func addLastTwo(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int) {
    low.addLastTwo(x, row, panelStride)
    high.addLastTwo(x, row + Low.panels &* panelStride, panelStride)
  }

  @inline(__always)
  mutating func settle() {
    low.settle()
    high.settle()
  }

  @inline(__always)
  func give(_ product: Product, to target: some SumsTarget, list: Int, from panel: Int) {
    low.give(product, to: target, list: list, from: panel)
    high.give(product, to: target, list: list, from: panel &+ Low.panels)
  }
}

private typealias TwoPanels<Panel: QuadSums> = Joined<Panel, Panel>
private typealias ThreePanels<Panel: QuadSums> = Joined<TwoPanels<Panel>, Panel>
private typealias FourPanels<Panel: QuadSums> = Joined<TwoPanels<Panel>, TwoPanels<Panel>>

extension SparseProduct {
  /// A list's sums over some panels, the first of them `panel`.
  ///
  /// Entries of the first two rows and of the last two go by turns, for products of the same sums wait for one another.
  @inline(__always)
  private func sums<Sums: QuadSums>(_ list: Int, from panel: Int, _: Sums.Type) -> Sums where Sums.Product == Self {
    var sums = Sums()
    let (matrix, panelStride) = (matrix + panel &* panelStride, panelStride)
    let parts = lists.starts + QuadRun.parts &* list
    var (index, first, last) = (parts[0], parts[1], parts[2])
    let (end, firstEnd, lastEnd) = (first, last, parts[3])
    // Entries that may still be added.
    var free = Self.entriesAtOnce ?? 0
    @inline(__always)
    func stop(_ index: Int, _ end: Int) -> Int { Self.entriesAtOnce == nil ? end : min(end, index &+ free) }
    @inline(__always)
    func added(_ count: Int) {
      guard let most = Self.entriesAtOnce else { return }
      free &-= count
      guard free == 0 else { return }
      sums.settle()
      free = most
    }
    while index < end {
      let (start, stop) = (index, stop(index, end))
      while index < stop {
        sums.add(numbers(index), matrix + row(index) &* lanes, panelStride)
        index &+= 1
      }
      added(stop &- start)
    }
    while first < firstEnd || last < lastEnd {
      let (start, stop) = ((first, last), (stop(first, firstEnd), stop(last, lastEnd)))
      while first < stop.0 && last < stop.1 {
        sums.addFirstTwo(numbers(first), matrix + row(first) &* lanes, panelStride)
        sums.addLastTwo(numbers(last), matrix + row(last) &* lanes, panelStride)
        first &+= 1
        last &+= 1
      }
      while first < stop.0 {
        sums.addFirstTwo(numbers(first), matrix + row(first) &* lanes, panelStride)
        first &+= 1
      }
      while last < stop.1 {
        sums.addLastTwo(numbers(last), matrix + row(last) &* lanes, panelStride)
        last &+= 1
      }
      added(max(stop.0 &- start.0, stop.1 &- start.1))
    }
    sums.settle()
    return sums
  }

  /// Sums the lists that are needed over as many panels as `Sums` has.
  @inline(__always)
  private func sum<Sums: QuadSums>(from panel: Int, _: Sums.Type, to target: some SumsTarget)
  where Sums.Product == Self {
    for list in 0..<lists.count where lists.isNeeded(list) {
      sums(list, from: panel, Sums.self).give(self, to: target, list: list, from: panel)
    }
  }

  /// Sums the lists that are needed over all panels, as many at a time as registers hold sums for: each time all entries are
  /// decoded again.
  @inline(__always)
  func sum(panels: Int, to target: some SumsTarget) {
    var panel = 0
    while panel < panels {
      #if NN_WIDE
        let rest = panels - panel
        // Two twice or three twice rather than four and one or two, for single ones leave the processor waiting.
        if rest == 3 || rest == 5 || rest == 6 {
          sum(from: panel, ThreePanels<Panel>.self, to: target)
          panel += 3
          continue
        }
        if rest >= 4 {
          sum(from: panel, FourPanels<Panel>.self, to: target)
          panel += 4
          continue
        }
        if rest == 2 {
          sum(from: panel, TwoPanels<Panel>.self, to: target)
          panel += 2
          continue
        }
      #endif
      sum(from: panel, Panel.self, to: target)
      panel += 1
    }
  }
}

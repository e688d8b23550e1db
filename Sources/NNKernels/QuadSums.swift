import NNKernelTypes

// Sums over lists of entries, for four rows of bytes at a time.
//
// Both directions through a layer of sparse inputs have this form. Forward, a list holds the pixels of four examples;
// in the update, it holds the examples that have one of four pixels. A row of the matrix comes from the second-level
// cache at half the speed at which products are summed: loaded once, it serves four sums.

/// The product of lists and a matrix: each entry is multiplied by the matrix's row of its place.
protocol SparseProduct {
  /// An entry's four numbers.
  associatedtype Numbers
  /// An element of the matrix.
  associatedtype Element
  /// The sums of a quad over one panel.
  associatedtype Panel: QuadSums where Panel.Product == Self

  var lists: QuadRun { get }
  var matrix: UnsafePointer<Element> { get }
  /// Elements from one panel of the matrix to the next.
  var panelStride: Int { get }
  /// Entries that may be added before the sums must be flushed; nil for any number.
  static var entriesBetweenFlushes: Int? { get }
  /// The four numbers of the entry at `index`.
  func numbers(_ index: Int) -> Numbers
  /// The row of the matrix that the entry at `index` is for.
  func row(_ index: Int) -> Int
}

/// Where the sums of a quad go.
protocol SumsTarget {
  /// Takes the four sums of a list's quad over a panel.
  func take(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector, list: Int, panel: Int)
}

/// The sums of a quad over some neighbouring panels of a matrix.
protocol QuadSums {
  associatedtype Product: SparseProduct

  static var panels: Int { get }
  init()
  /// Adds an entry's numbers times the matrix's row.
  mutating func add(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int)
  /// Adds an entry of which only the numbers of the first two rows are not zero.
  mutating func addFirstTwo(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int)
  /// Adds an entry of which only the numbers of the last two rows are not zero.
  mutating func addLastTwo(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int)
  /// Adds the sums so far to Floats, and begins again at zero, so that no sum overflows.
  mutating func flush()
  /// Hands the flushed sums to `target`, the first panel's as the sums of `panel`.
  func give(_ product: Product, to target: some SumsTarget, list: Int, from panel: Int)
}

extension QuadSums {
  @inline(__always)
  mutating func add(_ x: Product.Numbers, _ row: UnsafePointer<Product.Element>, _ panelStride: Int) {
    addFirstTwo(x, row, panelStride)
    addLastTwo(x, row, panelStride)
  }
}

/// The sums of several panels. Joined as types instead of in an array, they stay in registers.
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
  mutating func flush() {
    low.flush()
    high.flush()
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
  /// Entries of the first two rows and of the last two rows take turns, because products of the same sums wait for each
  /// other.
  @inline(__always)
  private func sums<Sums: QuadSums>(_ list: Int, from panel: Int, _: Sums.Type) -> Sums where Sums.Product == Self {
    var sums = Sums()
    let (matrix, panelStride) = (matrix + panel &* panelStride, panelStride)
    let parts = lists.starts + QuadRun.parts &* list
    var (index, first, last) = (parts[0], parts[1], parts[2])
    let (end, firstEnd, lastEnd) = (first, last, parts[3])
    // Entries that may be added before the next flush.
    var free = Self.entriesBetweenFlushes ?? 0
    @inline(__always)
    func stop(_ index: Int, _ end: Int) -> Int { Self.entriesBetweenFlushes == nil ? end : min(end, index &+ free) }
    @inline(__always)
    func added(_ count: Int) {
      guard let most = Self.entriesBetweenFlushes else { return }
      free &-= count
      guard free == 0 else { return }
      sums.flush()
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
    sums.flush()
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

  /// Sums the lists that are needed over all panels, as many panels at a time as the registers hold sums of. Each time
  /// all entries are decoded again.
  @inline(__always)
  func sum(panels: Int, to target: some SumsTarget) {
    var panel = 0
    while panel < panels {
      #if NN_WIDE
        let rest = panels - panel
        // Three and two, or three twice, instead of four and one or two: a single panel leaves the processor waiting.
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

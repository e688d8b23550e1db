import CProcessor
import NNKernelTypes

/// Lists of quads in pairs of places times a quantised matrix: two products of whole numbers take the time of one of
/// Floats.
struct QuantizedPairs: SparseProduct {
  let pairs: PairRun
  let panels: QuantizedPanels

  var lists: QuadRun { @inline(__always) get { pairs.lists } }
  var matrix: UnsafePointer<Int32> { @inline(__always) get { UnsafePointer(panels.words) } }
  var panelStride: Int { @inline(__always) get { panels.stride } }

  /// 2 · 128 · 255 · 32767 is below 2³¹: so many entries can't overflow a sum.
  static var entriesBetweenFlushes: Int? { @inline(__always) get { 128 } }

  /// The bytes of an entry as numbers of 16 bits: a row's two bytes in one word.
  typealias Numbers = SIMD4<Int32>

  @inline(__always)
  func numbers(_ index: Int) -> Numbers { processor_unpack_pairs(lists.entries[index]) }

  @inline(__always)
  func row(_ index: Int) -> Int { Int(pairs.places[index]) }

  struct Panel: QuadSums {
    private var first = Words.zero, second = Words.zero, third = Words.zero, fourth = Words.zero
    private var flushed = (first: Vector.zero, second: Vector.zero, third: Vector.zero, fourth: Vector.zero)

    static var panels: Int { @inline(__always) get { 1 } }

    @inline(__always) init() {}

    @inline(__always)
    mutating func addFirstTwo(_ x: Numbers, _ row: UnsafePointer<Int32>, _: Int) {
      let w = UnsafeRawPointer(row).loadUnaligned(as: Words.self)
      first = processor_add_pairs(first, Words(repeating: x.x), w)
      second = processor_add_pairs(second, Words(repeating: x.y), w)
    }

    @inline(__always)
    mutating func addLastTwo(_ x: Numbers, _ row: UnsafePointer<Int32>, _: Int) {
      let w = UnsafeRawPointer(row).loadUnaligned(as: Words.self)
      third = processor_add_pairs(third, Words(repeating: x.z), w)
      fourth = processor_add_pairs(fourth, Words(repeating: x.w), w)
    }

    @inline(__always)
    mutating func flush() {
      flushed.first += processor_as_floats(first)
      flushed.second += processor_as_floats(second)
      flushed.third += processor_as_floats(third)
      flushed.fourth += processor_as_floats(fourth)
      (first, second, third, fourth) = (.zero, .zero, .zero, .zero)
    }

    @inline(__always)
    func give(_ product: QuantizedPairs, to target: some SumsTarget, list: Int, from panel: Int) {
      let scale = load(product.panels.scales, panel &* lanes)
      target.take(
        flushed.first * scale, flushed.second * scale, flushed.third * scale, flushed.fourth * scale, list: list,
        panel: panel)
    }
  }
}

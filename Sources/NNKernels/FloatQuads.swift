import NNKernelTypes

/// Lists of quads times a matrix of Floats.
struct FloatQuads: SparseProduct {
  let lists: QuadRun
  /// What each of the 256 byte values stands for.
  let table: UnsafePointer<Float>
  let matrix: UnsafePointer<Float>
  let panelStride: Int

  static var entriesBetweenFlushes: Int? { @inline(__always) get { nil } }

  /// The Floats that an entry's four bytes stand for.
  struct Numbers {
    let first: Float, second: Float, third: Float, fourth: Float
  }

  @inline(__always)
  func numbers(_ index: Int) -> Numbers {
    let entry = lists.entries[index]
    return Numbers(
      first: table[Int((entry &>> 32) & 0xff)], second: table[Int((entry &>> 40) & 0xff)],
      third: table[Int((entry &>> 48) & 0xff)], fourth: table[Int(entry &>> 56)])
  }

  @inline(__always)
  func row(_ index: Int) -> Int { Int(lists.entries[index] & 0xffff_ffff) }

  struct Panel: QuadSums {
    private var first = Vector.zero, second = Vector.zero, third = Vector.zero, fourth = Vector.zero

    static var panels: Int { @inline(__always) get { 1 } }

    @inline(__always) init() {}

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
    mutating func flush() {}

    @inline(__always)
    func give(_: FloatQuads, to target: some SumsTarget, list: Int, from panel: Int) {
      target.take(first, second, third, fourth, list: list, panel: panel)
    }
  }
}

import CProcessor

/// What every kernel works on: sixteen Floats, which is one register with AVX-512, two with AVX2 and four with SSE or NEON.
public typealias Vector = SIMD16<Float>

/// The length of `Vector`, and the width of a panel.
///
/// A matrix of weights or gradients is kept in panels: sixteen of its columns, all rows one after the other, each row
/// one `Vector` and one cache line. Columns beyond the last are zeros.
public let lanes = 16

@inline(__always)
func load(_ pointer: UnsafePointer<Float>, _ offset: Int = 0) -> Vector {
  UnsafeRawPointer(pointer + offset).loadUnaligned(as: Vector.self)
}

@inline(__always)
func load(_ pointer: UnsafeMutablePointer<Float>, _ offset: Int = 0) -> Vector {
  load(UnsafePointer(pointer), offset)
}

@inline(__always)
func store(_ vector: Vector, _ pointer: UnsafeMutablePointer<Float>, _ offset: Int = 0) {
  UnsafeMutableRawPointer(pointer + offset).storeBytes(of: vector, as: Vector.self)
}

/// Calls `body` with room for `count` vectors.
///
/// It stands in two places, for memory from the stack and from the heap, so that the compiler makes a function of it unless it
/// is short; and closures that such a function is given are called, not compiled in.
@inline(__always)
func withScratch(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
  withUnsafeTemporaryAllocation(byteCount: (count &+ 1) &* lanes &* 4, alignment: 16) { memory in
    // By an alignment of a vector it would always be taken from the heap.
    body(memory.baseAddress!.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Float.self))
  }
}

/// `sum + a · b`, fused where the processor can. Without its instruction a fused product would be a call of C's `fmaf`.
@inline(__always)
func multiplyAdd(_ sum: Vector, _ a: Vector, _ b: Vector) -> Vector {
  #if NN_WIDE
    processor_multiply_add(sum, a, b)
  #elseif NN_FUSED || arch(arm64)
    sum.addingProduct(a, b)
  #else
    sum + a * b
  #endif
}

/// The sum of the lanes, by halves.
@inline(__always)
func total(_ x: Vector) -> Float {
  let eight = x.lowHalf + x.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

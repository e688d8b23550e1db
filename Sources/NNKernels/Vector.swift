import CProcessor
import NNKernelTypes

/// What every kernel works on: `lanes` Floats, which is one register with AVX-512, two with AVX2 and four with SSE or
/// NEON.
typealias Vector = SIMD16<Float>

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

/// Calls `body` with memory for `count` vectors.
///
/// The standard library calls `body` in two places, for memory of the stack and of the heap. So the compiler makes a
/// function of `body` unless it is short, and closures that `body` is given are called instead of compiled in.
@inline(__always)
func withScratch(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
  withUnsafeTemporaryAllocation(byteCount: (count &+ 1) &* lanes &* 4, alignment: 16) { memory in
    // With the alignment of a vector the memory would always be taken from the heap.
    body(memory.baseAddress!.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Float.self))
  }
}

/// `sum + a · b`, rounded once where the processor can. Without the processor's instruction, rounding once would take a
/// call of C's `fmaf`.
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

/// The sum of the lanes: the upper half is added to the lower, again and again.
@inline(__always)
func total(_ x: Vector) -> Float {
  let eight = x.lowHalf + x.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

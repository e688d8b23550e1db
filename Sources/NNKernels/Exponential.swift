import NNKernelTypes

/// eˣ, lane by lane, within 2 units in the last place; 0 below −87.3 and infinite above 88.7.
///
/// x = n · ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts (Cody and Waite, 1980); eʳ by the polynomial of degree 6 of
/// Cephes' `expf` (S. Moshier); 2ⁿ by setting the exponent, in two halves, so that n = 128 doesn't overflow early.
// `@inline(__always)` alone still leaves a call that passes the vector in four small registers.
@_transparent
func exp(_ x: Vector) -> Vector {
  let tooSmall = x .< -87.336_54
  let tooLarge = x .> 88.722_84
  let bounded = x.replacing(with: 0, where: tooSmall .| tooLarge)
  // Adding 1.5 · 2²³ rounds to the nearest whole number, which then stands in the lowest bits.
  let magic = Vector(repeating: 12_582_912)
  let rounded = multiplyAdd(magic, bounded, Vector(repeating: 1.442_695_04))
  let n = rounded - magic
  var r = multiplyAdd(bounded, n, Vector(repeating: -0.693_359_375))
  r = multiplyAdd(r, n, Vector(repeating: 2.121_944_4e-4))
  var p = Vector(repeating: 1.987_569_15e-4)
  p = multiplyAdd(Vector(repeating: 1.398_199_950_7e-3), p, r)
  p = multiplyAdd(Vector(repeating: 8.333_451_907_3e-3), p, r)
  p = multiplyAdd(Vector(repeating: 4.166_579_589_4e-2), p, r)
  p = multiplyAdd(Vector(repeating: 1.666_666_545_9e-1), p, r)
  p = multiplyAdd(Vector(repeating: 5.000_000_120_1e-1), p, r)
  p = multiplyAdd(r + 1, p, r * r)
  let whole = unsafeBitCast(rounded, to: SIMD16<Int32>.self) &- unsafeBitCast(magic, to: SIMD16<Int32>.self)
  let half = whole &>> 1
  p = p * powerOfTwo(half) * powerOfTwo(whole &- half)
  p = p.replacing(with: 0, where: tooSmall)
  p = p.replacing(with: .infinity, where: tooLarge)
  return p.replacing(with: x, where: x .!= x)
}

@_transparent
func powerOfTwo(_ n: SIMD16<Int32>) -> Vector {
  unsafeBitCast((n &+ 127) &<< 23, to: Vector.self)
}

extension Kernels {
  /// eˣ over `count` Floats, a multiple of `lanes`, in place.
  public func exponential(_ row: UnsafeMutablePointer<Float>, count: Int) {
    var place = 0
    while place < count {
      store(exp(load(row, place)), row, place)
      place += lanes
    }
  }
}

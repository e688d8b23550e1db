import NNKernelTypes

extension Kernels {
  public var peakProducts: Int {
    #if NN_WIDE
      2 * tileRows * lanes
    #else
      tileRows * lanes
    #endif
  }

  public func multiplyAddPeak(rounds: Int) -> Float {
    var (left, right) = (Tile(), Tile())
    let a = Vector(repeating: 0.999_999)
    let b = Vector(repeating: 1e-6)
    for _ in 0..<rounds {
      left.r0 = multiplyAdd(b, left.r0, a)
      left.r1 = multiplyAdd(b, left.r1, a)
      left.r2 = multiplyAdd(b, left.r2, a)
      left.r3 = multiplyAdd(b, left.r3, a)
      left.r4 = multiplyAdd(b, left.r4, a)
      left.r5 = multiplyAdd(b, left.r5, a)
      #if NN_WIDE
        right.r0 = multiplyAdd(b, right.r0, a)
        right.r1 = multiplyAdd(b, right.r1, a)
        right.r2 = multiplyAdd(b, right.r2, a)
        right.r3 = multiplyAdd(b, right.r3, a)
        right.r4 = multiplyAdd(b, right.r4, a)
        right.r5 = multiplyAdd(b, right.r5, a)
      #endif
    }
    var sum: Float = 0
    for tile in [left, right] { tile.forEach(rows: tileRows) { sum += total($2) } }
    return sum
  }
}

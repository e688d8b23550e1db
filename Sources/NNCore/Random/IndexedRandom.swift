/// Random numbers for one of many things (SplitMix64; Steele, Lea and Flood, 2014). They depend on the seed and the
/// place of the thing alone, so that all can be done in any order.
///
/// Numbers are computed by sums, products, quotients and square roots alone, which are the same on all processors.
struct IndexedRandom {
  private var state: UInt64

  init(seed: UInt32, place: Int) {
    state = UInt64(seed) << 32 | 0x9e37_79b9
    state = next() &+ UInt64(bitPattern: Int64(place))
    state = next()
  }

  /// 64 random bits.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A uniform number in [0, 1).
  mutating func uniform() -> Float { Float(next() >> 40) / Float(1 << 24) }

  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
  }

  mutating func integer(below count: Int) -> Int { Int(next() % UInt64(count)) }

  /// A nearly normal deviate: the sum of four uniform numbers, never beyond 3.5 standard deviations.
  mutating func normal(_ mean: Float, _ deviation: Float) -> Float {
    var sum: Float = 0
    for _ in 0..<4 { sum += uniform() }
    return mean + deviation * (sum - 2) * 1.7320508
  }
}

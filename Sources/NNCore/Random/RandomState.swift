/// Random numbers as NumPy's legacy `numpy.random.RandomState` draws them: the same seed gives the same stream.
///
/// The generator is MT19937 (Matsumoto and Nishimura, 1998); normal deviates come from Marsaglia's polar method, in
/// the order NumPy hands them out.
package struct RandomState: Sendable {
  private var generator: MT19937
  private var spareNormal: Double?

  package init(seed: UInt32) {
    generator = MT19937(seed: seed)
  }

  /// A uniform number in [0, 1), of 53 random bits.
  package mutating func uniform() -> Double {
    let high = generator.next() >> 5
    let low = generator.next() >> 6
    return (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
  }

  /// A normal deviate of mean 0 and variance 1.
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let squared = x * x + y * y
      if squared >= 1 || squared == 0 { continue }
      let factor = (-2 * log(squared) / squared).squareRoot()
      spareNormal = factor * x
      return factor * y
    }
  }

  /// `rand(count)`: uniform numbers in [0, 1).
  package mutating func rand(_ count: Int) -> [Double] {
    (0..<count).map { _ in uniform() }
  }

  /// `randn(count)`: standard normal deviates.
  package mutating func randn(_ count: Int) -> [Double] {
    (0..<count).map { _ in normal() }
  }

  /// A whole number in 0...`maximum`, by masking and rejection.
  package mutating func integer(through maximum: UInt32) -> UInt32 {
    guard maximum > 0 else { return 0 }
    let mask = UInt32.max >> UInt32(maximum.leadingZeroBitCount)
    while true {
      let value = generator.next() & mask
      if value <= maximum { return value }
    }
  }

  /// Puts the elements in random order, as `RandomState.shuffle` does (Fisher and Yates, from the end).
  ///
  /// - Precondition: fewer than 2³² elements.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    var last = elements.count - 1
    while last > 0 {
      elements.swapAt(last, Int(integer(through: UInt32(last))))
      last -= 1
    }
  }

  /// The numbers 0..<`count` in random order, as `RandomState.permutation` gives them.
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }
}

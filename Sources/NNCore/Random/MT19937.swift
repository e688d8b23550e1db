/// The Mersenne Twister of period 2¹⁹⁹³⁷ − 1 (M. Matsumoto, T. Nishimura, ACM TOMACS 8 (1998)), 32-bit output.
struct MT19937: Sendable {
  private static let size = 624
  private static let shift = 397

  private var state: [UInt32]
  private var position = MT19937.size

  /// Fills the state from one word as the authors' `init_genrand` (2002) does.
  init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(Self.size)
    for index in 1..<UInt32(Self.size) {
      let last = state[Int(index) - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ index)
    }
  }

  mutating func next() -> UInt32 {
    if position == Self.size { twist() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  private mutating func twist() {
    for index in 0..<Self.size {
      let mixed = (state[index] & 0x8000_0000) | (state[(index + 1) % Self.size] & 0x7fff_ffff)
      let word = state[(index + Self.shift) % Self.size] ^ (mixed >> 1)
      state[index] = mixed & 1 == 0 ? word : word ^ 0x9908_b0df
    }
    position = 0
  }
}

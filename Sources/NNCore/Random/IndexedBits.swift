/// Random bits of many things, each found by its numbers alone, so that kernels can make them in any order.
enum IndexedBits {
  /// What the bits of a thing's parts are made of: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014), over the
  /// seed and the thing's three numbers.
  static func key(seed: UInt32, _ first: Int, _ second: Int, _ third: Int) -> UInt32 {
    var state = mixed(UInt64(seed) << 32 | UInt64(truncatingIfNeeded: first))
    state = mixed(state ^ UInt64(truncatingIfNeeded: second))
    state = mixed(state ^ UInt64(truncatingIfNeeded: third))
    return UInt32(truncatingIfNeeded: state >> 32)
  }

  /// The bits of part `index`: the finaliser of MurmurHash3 (A. Appleby). The kernel `dropOut` has it too.
  static func bits(_ key: UInt32, _ index: Int) -> UInt32 {
    var mixed = key &+ UInt32(truncatingIfNeeded: index) &* 0x9e37_79b9
    mixed = (mixed ^ mixed >> 16) &* 0x85eb_ca6b
    mixed = (mixed ^ mixed >> 13) &* 0xc2b2_ae35
    return mixed ^ mixed >> 16
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

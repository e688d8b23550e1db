import CProcessor

/// The capabilities of this processor.
enum Processor {
  #if arch(x86_64)
    static let hasAVX2 =
      savesState(0b110) && has(1, register: 2, bits: [12, 22, 29])
      && has(7, register: 1, bits: [3, 5, 8]) && has(0x8000_0001, register: 2, bits: [5])
    /// F, DQ, CD, BW and VL, which x86-64-v4 has beyond x86-64-v3, and VNNI.
    static let hasAVX512 =
      savesState(0b1110_0110) && has(7, register: 1, bits: [16, 17, 28, 30, 31])
      && has(7, register: 2, bits: [11])
  #else
    static let hasAVX2 = false
    static let hasAVX512 = false
  #endif
}

#if arch(x86_64)
  extension Processor {
    private static func registers(_ leaf: UInt32) -> [UInt32] {
      var registers: [UInt32] = [0, 0, 0, 0]
      processor_id(leaf & 0x8000_0000, 0, &registers)
      guard registers[0] >= leaf else { return [0, 0, 0, 0] }
      processor_id(leaf, 0, &registers)
      return registers
    }

    /// Whether all `bits` are set in a register, 0 to 3 being eax to edx, of what `leaf` tells.
    private static func has(_ leaf: UInt32, register: Int, bits: [UInt32]) -> Bool {
      let value = registers(leaf)[register]
      return bits.allSatisfy { value & (1 << $0) != 0 }
    }

    /// Whether the system keeps the wide registers when it switches between processes: bits of XCR0.
    private static func savesState(_ bits: UInt32) -> Bool {
      has(1, register: 2, bits: [27, 28]) && processor_saved_state() & bits == bits
    }
  }
#endif

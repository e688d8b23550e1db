import NNCore
import Testing

/// Blocks written by hand after the format's description.
@Suite struct SnappyTests {
  private func text(_ block: [UInt8], size: Int) throws -> String {
    String(decoding: [UInt8](try Snappy.decompress(Bytes(block), size: size)), as: UTF8.self)
  }

  private func expectFault(_ message: String, _ block: [UInt8], size: Int) {
    do {
      let text = try text(block, size: size)
      Issue.record("took \(text)")
    } catch {
      #expect("\(error)".contains(message))
    }
  }

  @Test func literalsAndCopies() throws {
    #expect(try text([0], size: 0).isEmpty)
    #expect(try text([3, 2 << 2] + Array("abc".utf8), size: 3) == "abc")
    // A copy of 4 to 11 bytes, with a distance of 11 bits; it overlaps what it makes.
    #expect(try text([9, 1 << 2] + Array("ab".utf8) + [0b000_011_01, 2], size: 9) == "ababababa")
    // Copies with distances of 16 and of 32 bits.
    #expect(try text([5, 1 << 2] + Array("ab".utf8) + [2 << 2 | 2, 1, 0], size: 5) == "abbbb")
    #expect(try text([5, 1 << 2] + Array("ab".utf8) + [2 << 2 | 3, 2, 0, 0, 0], size: 5) == "ababa")
    // Lengths of literals in one byte to four.
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 300)
    for (tag, length) in [(61, [43, 1]), (62, [43, 1, 0]), (63, [43, 1, 0, 0])] as [(UInt8, [UInt8])] {
      #expect(try text([0b1010_1100, 2, tag << 2] + length + long, size: 300).utf8.elementsEqual(long))
    }
    #expect(try text([60, 60 << 2, 59] + long.prefix(60), size: 60).utf8.count == 60)
  }

  @Test func damage() {
    let sound: [UInt8] = [5, 1 << 2] + Array("ab".utf8) + [2 << 2 | 2, 1, 0]
    expectFault("holds 5 bytes, not 6", sound, size: 6)
    expectFault("can't hold 1000000", sound, size: 1_000_000)
    for count in [0, 2, 3, 5, 6] { expectFault("ends early", Array(sound.prefix(count)), size: 5) }
    expectFault("holds 0 bytes, not 5", Array(sound.prefix(1)), size: 5)
    expectFault("holds 2 bytes, not 5", Array(sound.prefix(4)), size: 5)
    expectFault("copies from before its start", [5, 1 << 2] + Array("ab".utf8) + [2 << 2 | 2, 3, 0], size: 5)
    expectFault("copies from before its start", [5, 1 << 2] + Array("ab".utf8) + [2 << 2 | 2, 0, 0], size: 5)
    expectFault("holds more than 4 bytes", [4] + sound.dropFirst(), size: 4)
    expectFault("its length is damaged", [0xff, 0xff, 0xff, 0xff, 0xff, 1], size: 5)
  }
}

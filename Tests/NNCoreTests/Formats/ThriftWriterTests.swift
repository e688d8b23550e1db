import NNCore
import Testing

@Suite struct ThriftWriterTests {
  /// The bytes of ThriftReaderTests, which were written by hand.
  @Test func asTheFormatHasIt() {
    var writer = ThriftWriter()
    writer.putStructure { writer in
      writer.put(-3, at: 1)
      writer.put("ab", at: 3)
      writer.put([1, 300], at: 5, as: .int64) { $0.putZigzag($1) }
      writer.put(structureAt: 6) { $0.put(64, at: 2, as: .int64) }
      writer.put(7, at: 20)
    }
    #expect(
      writer.bytes == [0x15, 5, 0x28, 2, 0x61, 0x62, 0x29, 0x26, 2, 0xd8, 4, 0x1c, 0x26, 0x80, 1, 0, 0xe5, 14, 0])
  }

  @Test func whatItWritesIsReadAgain() throws {
    let numbers = [0, 1, -1, 63, 64, -65, 1 << 40, .max, .min] + Array(0..<20)
    var writer = ThriftWriter()
    writer.putStructure { $0.put(numbers, at: 4, as: .int64) { $0.putZigzag($1) } }
    var reader = ThriftReader(Bytes(writer.bytes))
    var read: [Int] = []
    try reader.structure { reader, field, kind in
      guard field == 4 else { return false }
      read = try reader.list(kind) { try $0.integer($1) }
      return true
    }
    #expect(read == numbers)
  }
}

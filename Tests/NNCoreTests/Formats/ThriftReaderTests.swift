import NNCore
import Testing

/// Structures written by hand after thrift-compact-protocol.md.
@Suite struct ThriftReaderTests {
  @Test func fields() throws {
    // 1: int32 -3; 2: text "ab"; 4: true; 5: list of int64 [1, 300]; 20: int16 7, whose number stands on its own.
    var reader = ThriftReader(
      Bytes([0x15, 5, 0x18, 2, 0x61, 0x62, 0x21, 0x19, 0x26, 2, 0xd8, 4, 0x04, 40, 14, 0]), at: 0)
    var (number, text, truth, list, last) = (0, "", false, [Int](), 0)
    try reader.structure { reader, field, kind in
      switch field {
      case 1: number = try reader.integer(kind)
      case 2: text = try reader.text(kind)
      case 4: truth = try reader.boolean(kind)
      case 5: list = try reader.list(kind) { try $0.integer($1) }
      case 20: last = try reader.integer(kind)
      default: return false
      }
      return true
    }
    #expect(number == -3 && text == "ab" && truth && list == [1, 300] && last == 7 && reader.place == 16)
  }

  /// A value of every type, before the field that is asked for.
  @Test func unknownFieldsAreSkipped() throws {
    let values: [[UInt8]] = [
      [0x11], [0x12], [0x13, 9], [0x14, 0x80, 1], [0x15, 1], [0x16, 1], [0x17, 1, 2, 3, 4, 5, 6, 7, 8], [0x18, 1, 9],
      [0x19, 0x21, 1, 2], [0x1a, 0x13, 5], [0x1b, 1, 0x58, 2, 1, 7], [0x1b, 0], [0x1c, 0x15, 2, 0],
      [0x1d] + Array(repeating: 0, count: 16),
    ]
    var reader = ThriftReader(Bytes(values.flatMap { $0 } + [0x15, 8, 0]))
    var found = 0
    try reader.structure { reader, field, kind in
      guard field == values.count + 1 else { return false }
      found = try reader.integer(kind)
      return true
    }
    #expect(found == 4)
  }

  @Test func damage() {
    for (bytes, message) in [
      ([], "ends early"), ([0x15], "ends early"), ([0x1e], "there is no type 14"),
      ([0x18, 3, 1], "a text is longer than the data"), ([0x19, 0xf5, 100], "a list is longer than the data"),
      ([0x1b, 9, 0x55, 0], "a map is longer than the data"),
      ([0x15] + Array(repeating: 0xff, count: 11), "a number has more than 64 bits"),
      (Array(repeating: 0x1c, count: 100), "is nested more than 32 deep"),
      (Array(repeating: 0x19, count: 100), "is nested more than 32 deep"),
    ] as [([UInt8], String)] {
      var reader = ThriftReader(Bytes(bytes))
      do {
        try reader.structure { _, _, _ in false }
        Issue.record("took \(bytes)")
      } catch {
        #expect((error as? ThriftReader.Fault)?.message == message)
      }
    }
  }

  @Test func otherTypesThanExpected() {
    var reader = ThriftReader(Bytes([0]))
    #expect(throws: ThriftReader.Fault.self) { try reader.integer(.binary) }
    #expect(throws: ThriftReader.Fault.self) { try reader.text(.int32) }
    #expect(throws: ThriftReader.Fault.self) { try reader.boolean(.list) }
    #expect(throws: ThriftReader.Fault.self) { try reader.list(.structure) { try $0.integer($1) } }
    var negative = ThriftReader(Bytes([1]))
    #expect(throws: ThriftReader.Fault.self) { try negative.count(.int32) }
  }
}

import NNCore
import Testing

@Suite struct IDXTests {
  /// An IDX file: the element type, the sizes, and the elements' bytes.
  static func file(_ type: UInt8, _ sizes: [UInt32], _ data: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { size in withUnsafeBytes(of: size.bigEndian) { Array($0) } }
      + data
  }

  private func read(_ bytes: [UInt8]) throws -> NumberArray {
    try IDX.read(Bytes(bytes), of: nowhere())
  }

  private func values(_ numbers: NumberArray) -> [Double] {
    var values: [Double] = []
    let wereInOrder = numbers.allSatisfy { index, value in
      values.append(value)
      return index == values.count - 1
    }
    #expect(wereInOrder)
    return values
  }

  private func big(_ words: [some FixedWidthInteger]) -> [UInt8] {
    words.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
  }

  @Test func allSixTypes() throws {
    let cases: [(UInt8, [UInt8], [Double])] = [
      (0x08, [0, 200, 255], [0, 200, 255]),
      (0x09, [0x80, 0xff, 0x7f], [-128, -1, 127]),
      (0x0b, big([-32768, -2, 258] as [Int16]), [-32768, -2, 258]),
      (0x0c, big([.min, -3, 16_909_060] as [Int32]), [-2_147_483_648, -3, 16_909_060]),
      (0x0d, big([1.5, -0.1, 3e38].map { Float($0).bitPattern }), [1.5, Double(Float(-0.1)), Double(Float(3e38))]),
      (0x0e, big([1.5, -0.1, 1e300].map(\.bitPattern)), [1.5, -0.1, 1e300]),
    ]
    for (type, data, wanted) in cases {
      let numbers = try read(Self.file(type, [3], data))
      #expect(numbers.shape == [3] && numbers.count == 3 && values(numbers) == wanted, "type \(type)")
    }
  }

  @Test func shapes() throws {
    let pixels = (0..<24).map { UInt8($0) }
    for sizes in [[24], [2, 12], [2, 3, 4], [2, 3, 2, 2], [24, 1, 1, 1]] as [[UInt32]] {
      let numbers = try read(Self.file(8, sizes, pixels))
      #expect(numbers.shape == sizes.map { Int($0) } && [UInt8](numbers.bytes) == pixels)
    }
    #expect(try read(Self.file(8, [0, 28, 28], [])).count == 0)
  }

  @Test func faults() {
    expectFault("is too short") { try read([0, 0, 8]) }
    expectFault("no magic number") { try read([1, 0, 8, 1, 0, 0, 0, 0]) }
    expectFault("no magic number") { try read([0, 1, 8, 1, 0, 0, 0, 0]) }
    expectFault("unknown element type 10") { try read([0, 0, 10, 1, 0, 0, 0, 0]) }
    expectFault("0 dimensions") { try read([0, 0, 8, 0]) }
    expectFault("5 dimensions") { try read(Self.file(8, [1, 1, 1, 1, 1], [0])) }
    expectFault("the header ends early") { try read([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0]) }
    expectFault("take 6 bytes, and 5 are there") { try read(Self.file(8, [2, 3], [1, 2, 3, 4, 5])) }
    expectFault("take 12 bytes, and 6 are there") { try read(Self.file(11, [2, 3], [1, 2, 3, 4, 5, 6])) }
    expectFault("bytes follow") { try read(Self.file(8, [2], [1, 2, 3])) }
    expectFault("overflow") { try read(Self.file(8, [.max, .max, .max], [])) }
    expectFault("are there") { try read(Self.file(8, [.max, .max >> 2], [])) }
  }

  @Test func errorsSayWhere() {
    let error = #expect(throws: FileError.self) { try read(Self.file(8, [2], [1, 2, 3])) }
    #expect(error?.place == .byte(10) && error?.description == "/dev/null: byte 10: IDX: bytes follow the 2 elements")
  }

  @Test func damage() throws {
    let images = Self.file(8, [3, 2, 2], Array(repeating: 9, count: 12))
    Damage.expectSurvived(images, corruptions: 10_000) { bytes in
      var reader = DataReader()
      try reader.add(temporaryFile(bytes))
      _ = try reader.dataset()
    }
  }
}

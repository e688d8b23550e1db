import NNCore
import Testing

@Suite struct SyntheticDigitsTests {
  private func digits(_ count: Int, seed: UInt32 = 1, threads: Int = 2) throws -> Dataset {
    try SyntheticDigits.dataset(count: count, seed: seed, pool: WorkerPool(count: threads))
  }

  @Test func sameBytesForAnyThreadsAndCount() throws {
    let one = try digits(1000, threads: 1)
    for threads in [2, 3, 8] {
      let other = try digits(1000, threads: threads)
      #expect([UInt8](other.inputs.bytes) == [UInt8](one.inputs.bytes) && other.labels == one.labels)
    }
    let few = try digits(300)
    #expect(
      [UInt8](few.inputs.bytes) == [UInt8](one.inputs.bytes[0..<300 * 784]) && few.labels == Array(one.labels![..<300]))
    #expect(try [UInt8](digits(1000, seed: 2).inputs.bytes) != [UInt8](one.inputs.bytes))
  }

  /// They are to be the same on any processor: so some are written down here.
  @Test func known() throws {
    let data = try digits(3, seed: 7)
    #expect(data.labels == [4, 3, 5])
    var sum = UInt64(14_695_981_039_346_656_037)
    for byte in [UInt8](data.inputs.bytes) { sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211 }
    #expect(sum == 14_466_974_523_781_447_776)
  }

  @Test func eachTenHoldEveryDigit() throws {
    let labels = try digits(500).labels!
    for start in stride(from: 0, to: 500, by: 10) { #expect(labels[start..<start + 10].sorted() == Array(0...9)) }
    #expect(labels[..<10] != labels[10..<20])
  }

  @Test func placedAsMNIST() throws {
    let data = try digits(2000)
    #expect(data.source == "synthetic by 1" && data.scale == .unit && data.classes.count == 10)
    for place in 0..<data.count {
      let pixels = [UInt8](data.example(place)).map { Double($0) }
      let mass = pixels.reduce(0, +)
      let x = pixels.enumerated().reduce(0) { $0 + Double($1.offset % 28) * $1.element } / mass
      let y = pixels.enumerated().reduce(0) { $0 + Double($1.offset / 28) * $1.element } / mass
      let inked = pixels.indices.filter { pixels[$0] > 0 }
      let (columns, rows) = (Set(inked.map { $0 % 28 }), Set(inked.map { $0 / 28 }))
      // Nearer it can't come where ink is at the border.
      let (isWide, isHigh) = (!columns.isDisjoint(with: [0, 27]), !rows.isDisjoint(with: [0, 27]))
      #expect((isWide || abs(x - 14) <= 1.01) && (isHigh || abs(y - 14) <= 1.01), "digit \(place): \(x), \(y)")
      #expect(columns.max()! - columns.min()! < 20 && rows.max()! - rows.min()! < 20)
      #expect(max(columns.count, rows.count) >= 17 && pixels.max()! >= 200, "digit \(place)")
    }
  }
}

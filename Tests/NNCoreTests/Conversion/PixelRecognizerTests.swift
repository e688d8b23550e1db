import NNCore
import Testing

/// What numbers become when they are read: pixels where they can be, else features.
@Suite struct PixelRecognizerTests {
  private func read(_ type: UInt8, _ sizes: [UInt32], _ data: [UInt8]) throws -> Dataset {
    var reader = DataReader()
    try reader.add(temporaryFile(IDXTests.file(type, sizes, data)))
    return try reader.dataset()
  }

  private func read(floats values: [Float], _ sizes: [UInt32]) throws -> Dataset {
    try read(0x0d, sizes, values.flatMap { value in withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) } })
  }

  private func read(doubles values: [Double], _ sizes: [UInt32]) throws -> Dataset {
    try read(0x0e, sizes, values.flatMap { value in withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) } })
  }

  private func expectPixels(
    _ data: Dataset, _ pixels: [UInt8], _ scale: Scale, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .pixels(let bytes, _, _) = data.inputs else {
      Issue.record("no pixels", sourceLocation: sourceLocation)
      return
    }
    #expect([UInt8](bytes) == pixels && data.scale == scale, sourceLocation: sourceLocation)
  }

  private let levels = (0...255).map { UInt8($0) }

  @Test(arguments: [255, 256])
  func fractions(_ denominator: Int) throws {
    let scale = Scale(numerator: 1, denominator: denominator)
    let exact = levels.map { Double($0) / Double(denominator) }
    expectPixels(try read(doubles: exact, [2, 128]), levels, scale)
    expectPixels(try read(floats: exact.map(Float.init), [2, 128]), levels, scale)
  }

  @Test func wholeNumbers() throws {
    expectPixels(try read(doubles: levels.map(Double.init), [1, 256]), levels, .unit)
    expectPixels(try read(floats: [0, 7, 255, 1], [1, 4]), [0, 7, 255, 1], .unit)
    expectPixels(try read(0x0b, [1, 3], [0, 255, 0, 0, 0, 1]), [255, 0, 1], .unit)
    expectPixels(try read(0x09, [1, 2], [0, 127]), [0, 127], .unit)
  }

  @Test func everythingElseIsFeatures() throws {
    for values in [[0, 0.5, 1], [-1 / 255, 0, 1], [0, 256, 1], [0.1, 0, 0], [1 / 255, 1 / 256, 0]] as [[Float]] {
      let data = try read(floats: values, [1, 3])
      guard case .features(let bytes, 3) = data.inputs else {
        Issue.record("\(values) are taken for pixels")
        continue
      }
      #expect((0..<3).map { Float(bitPattern: bytes.little(4 * $0)) } == values)
    }
    let negative = try read(0x0b, [1, 2], [0xff, 0xff, 0, 1])
    #expect((0..<2).map { Float(bitPattern: negative.inputs.bytes.little(4 * $0)) } == [-1, 1])
  }

  @Test func shapes() throws {
    func shape(_ sizes: [UInt32]) throws -> [Int] {
      let count = sizes.reduce(1, *)
      guard case .pixels(_, let rows, let columns) = try read(8, sizes, Array(repeating: 1, count: Int(count))).inputs
      else {
        return []
      }
      return [rows, columns]
    }
    #expect(try shape([2, 9]) == [3, 3])
    #expect(try shape([2, 12]) == [1, 12])
    #expect(try shape([2, 3, 5]) == [3, 5])
    #expect(try shape([2, 3, 5, 1]) == [3, 5])
    #expect(try shape([2, 1, 3, 5]) == [3, 5])
    #expect(try shape([2, 3, 5, 3]) == [3, 5])
    #expect(try shape([2, 3, 5, 6]) == [5, 6])
    expectFault("images have shape") { try shape([2, 2, 5, 2]) }
    expectFault("has examples of") { try shape([2, 0, 5]) }
  }

  @Test func numbersThatAreNoneAreRefused() {
    expectFault("number 1 is not finite") { try read(floats: [0.3, .nan], [1, 2]) }
    expectFault("number 2 is not finite") { try read(floats: [0.3, 0.1, .infinity], [1, 3]) }
    expectFault("number 0 is not finite as a 32-bit float") { try read(doubles: [1e300], [1, 1]) }
  }
}

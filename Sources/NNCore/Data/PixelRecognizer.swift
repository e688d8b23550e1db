/// Finds the 8-bit pixels behind an array of numbers.
enum PixelRecognizer {
  /// What an array of examples holds: pixels if every number is a whole one of 0…255, or such a one over 255 or 256 as
  /// converters leave it; else features.
  ///
  /// - Parameter numbers: examples × inputs, or examples × rows × columns, with or without a channel.
  /// - Throws: `FileError` of kind `badData` if the shape isn't that of examples.
  static func inputs(_ numbers: NumberArray, file: String) throws -> (inputs: Dataset.Inputs, scale: Scale) {
    try Dataset.check(exampleShape: numbers.shape.dropFirst(), file: file)
    let (rows, columns) = try shape(numbers.shape, file: file)
    if numbers.element == .uint8 { return (.pixels(numbers.bytes, rows: rows, columns: columns), .unit) }

    for denominator in numbers.element.isFloat ? [255, 256, 1] : [1] {
      guard let pixels = pixels(numbers, denominator: denominator) else { continue }
      let scale = denominator == 1 ? .unit : Scale(numerator: 1, denominator: denominator)
      return (.pixels(Bytes(pixels), rows: rows, columns: columns), scale)
    }
    var bits: [UInt32] = []
    bits.reserveCapacity(numbers.count)
    let areFinite = numbers.allSatisfy { _, value in
      bits.append(Float(value).bitPattern)
      return Float(value).isFinite
    }
    guard areFinite else { throw FileError(.badData, file: file, "number \(bits.count - 1) is not finite as a 32-bit float") }
    return (.features(Bytes(littleEndian: bits), width: rows * columns), .unit)
  }

  /// The pixels k for which the numbers are exactly k / `denominator` at their own precision; nil if they aren't.
  private static func pixels(_ numbers: NumberArray, denominator: Int) -> [UInt8]? {
    let levels = (0..<256).map { level in
      let value = Double(level) / Double(denominator)
      return numbers.element == .float32 ? Double(Float(value)) : value
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(numbers.count)
    let fits = numbers.allSatisfy { _, value in
      let level = (value * Double(denominator)).rounded()
      guard level >= 0, level <= 255, levels[Int(level)] == value else { return false }
      pixels.append(UInt8(level))
      return true
    }
    return fits ? pixels : nil
  }

  private static func shape(_ shape: [Int], file: String) throws -> (rows: Int, columns: Int) {
    switch shape.count {
    case 2:
      let side = Int(Double(shape[1]).squareRoot())
      return side * side == shape[1] ? (side, side) : (1, shape[1])
    case 3: return (shape[1], shape[2])
    case 4 where shape[3] == 1: return (shape[1], shape[2])
    case 4 where shape[1] == 1: return (shape[2], shape[3])
    default: throw FileError(.badData, file: file, "images have shape \(shape), not examples x rows x columns")
    }
  }
}

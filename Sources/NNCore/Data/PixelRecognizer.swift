/// Finds the 8-bit pixels behind an array of numbers.
enum PixelRecognizer {
  /// What an array of examples holds: pixels if every number is a whole one of 0…255, or such a one over 255 or 256 as
  /// converters leave it; else features.
  ///
  /// - Parameters:
  ///   - numbers: examples × inputs, or examples × rows × columns, with or without a channel.
  ///   - chosen: rows and columns to take each example as.
  /// - Throws: `FileError` of kind `badData` if the shape isn't that of examples.
  static func inputs(
    _ numbers: NumberArray, as chosen: PictureShape? = nil, file: String
  ) throws -> (inputs: Dataset.Inputs, scale: Scale) {
    try Dataset.check(exampleShape: numbers.shape.dropFirst(), file: file)
    var (rows, columns) = try shape(numbers.shape, file: file)
    if let chosen {
      try chosen.check(width: rows * columns, file: file)
      (rows, columns) = (chosen.rows, chosen.columns)
    }
    if numbers.element == .uint8 { return (.pixels(numbers.bytes, rows: rows, columns: columns), .unit) }

    for denominator in numbers.element.isFloat ? [255, 256, 1] : [1] {
      guard let pixels = try pixels(numbers, denominator: denominator) else { continue }
      let scale = denominator == 1 ? .unit : Scale(numerator: 1, denominator: denominator)
      return (.pixels(pixels, rows: rows, columns: columns), scale)
    }
    guard chosen == nil else { throw FileError(.badData, file: file, "holds numbers that are no pixels, so --shape has no meaning") }
    return (.features(try floats(numbers, file: file), width: rows * columns), .unit)
  }

  private static func floats(_ numbers: NumberArray, file: String) throws -> Bytes {
    var builder = BytesBuilder(capacity: 4 * numbers.count)
    var stranger: Int?
    try numbers.forEachBlock { start, block in
      try builder.append(upTo: 4 * block.count) { room in
        _ = block.allSatisfy { index, value in
          room.storeBytes(of: Float(value).bitPattern.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
          if !Float(value).isFinite { stranger = start + index }
          return stranger == nil
        }
        return 4 * block.count
      }
      if let stranger { throw FileError(.badData, file: file, "number \(stranger) is not finite as a 32-bit float") }
    }
    return try builder.finish()
  }

  /// The pixels k for which the numbers are exactly k / `denominator` at their own precision; nil if they aren't.
  private static func pixels(_ numbers: NumberArray, denominator: Int) throws -> Bytes? {
    let levels = (0..<256).map { level in
      let value = Double(level) / Double(denominator)
      return numbers.element == .float32 ? Double(Float(value)) : value
    }
    var builder = BytesBuilder(capacity: numbers.count)
    var fits = true
    try numbers.forEachBlock { _, block in
      guard fits else { return }
      try builder.append(upTo: block.count) { room in
        fits = block.allSatisfy { index, value in
          let level = (value * Double(denominator)).rounded()
          guard level >= 0, level <= 255, levels[Int(level)] == value else { return false }
          room[index] = UInt8(level)
          return true
        }
        return block.count
      }
    }
    return fits ? try builder.finish() : nil
  }

  private static func shape(_ shape: [Int], file: String) throws -> (rows: Int, columns: Int) {
    switch shape.count {
    case 2:
      return PictureShape.side(of: shape[1]).map { ($0, $0) } ?? (1, shape[1])
    case 3: return (shape[1], shape[2])
    case 4 where shape[3] == 1: return (shape[1], shape[2])
    case 4 where shape[1] == 1: return (shape[2], shape[3])
    default: throw FileError(.badData, file: file, "images have shape \(shape), not examples x rows x columns")
    }
  }
}

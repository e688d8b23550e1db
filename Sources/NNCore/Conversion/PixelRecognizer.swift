/// Recognizes 8-bit pixels in an array of numbers.
enum PixelRecognizer {
  /// The inputs of an array of examples: pixels if every number is a whole number of 0…255, or such a number divided by
  /// 255 or 256; features otherwise. Colour pictures become grey.
  ///
  /// - Parameters:
  ///   - numbers: examples × inputs, or examples × rows × columns, with or without channels before or after these.
  ///   - chosen: rows and columns of each example, if the user named them.
  /// - Throws: `FileError` of kind `badData` if the array doesn't have the shape of examples.
  static func inputs(
    _ numbers: NumberArray, as chosen: PictureShape? = nil, file: String
  ) throws -> (inputs: Dataset.Inputs, scale: Scale) {
    try Dataset.check(exampleShape: numbers.shape.dropFirst(), file: file)
    var (rows, columns, channels) = try shape(numbers.shape, file: file)
    let (ownRows, ownColumns) = (rows, columns)
    if let chosen {
      try chosen.check(width: rows * columns, file: file)
      (rows, columns) = (chosen.rows, chosen.columns)
    }
    if let (pixels, scale) = try pixels(numbers) {
      let grey = try channels.map { try $0.grey(pixels, rows: ownRows, columns: ownColumns) } ?? pixels
      return (.pixels(grey, rows: rows, columns: columns), scale)
    }
    guard channels == nil else {
      throw FileError(
        .badData, file: file, "holds colours (shape \(numbers.shape)) that are no pixels of 0 to 255 or 0 to 1")
    }
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

  /// The pixels that the numbers represent, and their scale; nil if some number represents none.
  private static func pixels(_ numbers: NumberArray) throws -> (Bytes, Scale)? {
    if numbers.element == .uint8 { return (numbers.bytes, .unit) }
    for denominator in numbers.element.precision == nil ? [1] : [255, 256, 1] {
      guard
        let pixels = try pixels(numbers, PixelLevels(denominator: denominator, precision: numbers.element.precision))
      else { continue }
      return (pixels, denominator == 1 ? .unit : Scale(numerator: 1, denominator: denominator))
    }
    return nil
  }

  private static func pixels(_ numbers: NumberArray, _ levels: PixelLevels) throws -> Bytes? {
    var builder = BytesBuilder(capacity: numbers.count)
    var fits = true
    try numbers.forEachBlock { _, block in
      guard fits else { return }
      try builder.append(upTo: block.count) { room in
        fits = block.allSatisfy { index, value in
          guard let level = levels[value] else { return false }
          room[index] = level
          return true
        }
        return block.count
      }
    }
    return fits ? try builder.finish() : nil
  }

  private static func shape(_ shape: [Int], file: String) throws -> (rows: Int, columns: Int, channels: ColorChannels?)
  {
    switch shape.count {
    case 2: return square(shape[1]) ?? (1, shape[1], nil)
    // Rows of numbers with a channel axis, as in PyTorch and the course.
    case 3 where shape[1] == 1 && shape[2] > 15: return square(shape[2]) ?? (1, shape[2], nil)
    case 3 where shape[2] == 1 && shape[1] > 15: return square(shape[1]) ?? (shape[1], 1, nil)
    case 3: return (shape[1], shape[2], nil)
    case 4 where shape[3] == 1: return (shape[1], shape[2], nil)
    case 4 where shape[1] == 1: return (shape[2], shape[3], nil)
    case 4:
      // If both axes may be channels, take the one that leaves square pictures.
      let (first, last) = (shape[1] == 3 || shape[1] == 4, shape[3] == 3 || shape[3] == 4)
      if last, !first || shape[2] != shape[3] || shape[1] == shape[2] {
        return (shape[1], shape[2], .last(count: shape[3]))
      }
      if first { return (shape[2], shape[3], .first(count: shape[1])) }
      fallthrough
    default: throw FileError(.badData, file: file, "images have shape \(shape), not examples x rows x columns")
    }
  }

  private static func square(_ width: Int) -> (rows: Int, columns: Int, channels: ColorChannels?)? {
    PictureShape.side(of: width).map { ($0, $0, nil) }
  }
}

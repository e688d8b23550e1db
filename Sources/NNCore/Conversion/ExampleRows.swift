/// Collects examples row by row: 8-bit pixels as long as all numbers are whole numbers of 0 to 255, else features.
struct ExampleRows: ~Copyable {
  let width: Int
  private(set) var count = 0
  private var arePixels = true
  private var bytes: BytesBuilder

  /// - Parameter room: the expected number of bytes.
  init(width: Int, room: Int = 0) {
    self.width = width
    bytes = BytesBuilder(capacity: max(room, 1 << 16))
  }

  /// Appends all rows of a block.
  mutating func append(_ block: CSVBlock) throws {
    if block.arePixels {
      try append(pixels: block.pixels[..<(block.count * width)], count: block.count)
    } else {
      try append(features: block.features, count: block.count)
    }
  }

  /// Appends `count` rows of pixels.
  mutating func append(pixels: ArraySlice<UInt8>, count: Int) throws {
    if arePixels { try bytes.append(pixels) } else { try append(pixels.map(Float.init)) }
    self.count += count
  }

  /// Appends `count` rows of numbers.
  mutating func append(features: [Float], count: Int) throws {
    if arePixels { try turnIntoFeatures() }
    try append(features)
    self.count += count
  }

  /// - Precondition: `row` has `width` numbers.
  mutating func append(_ row: [Float], arePixels: Bool) throws {
    if self.arePixels, !arePixels { try turnIntoFeatures() }
    if self.arePixels {
      try bytes.append(upTo: width) { room in
        for index in 0..<width { room[index] = UInt8(truncatingIfNeeded: Int32(row[index])) }
        return width
      }
    } else {
      try append(row)
    }
    count += 1
  }

  private mutating func append(_ floats: [Float]) throws {
    try bytes.append(upTo: 4 * floats.count) { room in
      floats.withUnsafeBytes { room.copyMemory(from: $0) }
      return 4 * floats.count
    }
  }

  /// Whole numbers below 256 are exact as floats, so that the pixels can be converted.
  private mutating func turnIntoFeatures() throws {
    var earlier = BytesBuilder()
    swap(&earlier, &bytes)
    let pixels = try earlier.finish()
    arePixels = false
    for start in stride(from: 0, to: pixels.count, by: 1 << 16) {
      let part = pixels[start..<min(start + (1 << 16), pixels.count)]
      try append([UInt8](part).map(Float.init))
      part.dropPages()
    }
  }

  /// The inputs: pictures of `shape`, or square ones, if all numbers are pixels; features otherwise.
  ///
  /// - Throws: `FileError` of kind `badData` if `shape` doesn't fit.
  consuming func inputs(_ shape: PictureShape?, of file: InputFile) throws -> Dataset.Inputs {
    try shape?.check(width: width, file: file.name)
    if arePixels, let shape = shape ?? PictureShape(square: width) {
      return .pixels(try bytes.finish(), rows: shape.rows, columns: shape.columns)
    }
    if arePixels { try turnIntoFeatures() }
    return .features(try bytes.finish(), width: width)
  }
}

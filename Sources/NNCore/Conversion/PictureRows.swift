/// Collects pictures of the same size.
struct PictureRows: ~Copyable {
  private var bytes: BytesBuilder
  private(set) var shape: PictureShape?

  /// - Parameter count: the expected number of pictures.
  init(count: Int) {
    bytes = BytesBuilder(capacity: count * DigitNormalizer.side * DigitNormalizer.side)
  }

  /// - Throws: `FileError` of kind `badData` if the picture's size differs from the first one's.
  mutating func append(_ picture: DigitPicture, of name: String) throws {
    let own = PictureShape(rows: picture.rows, columns: picture.columns)
    if let shape, shape != own {
      throw FileError(
        .badData, file: name,
        "is of \(own.columns) x \(own.rows) pixels, and those before it are of \(shape.columns) x \(shape.rows)")
    }
    shape = own
    try bytes.append(picture.pixels)
  }

  /// - Precondition: there is at least one picture.
  consuming func inputs() throws -> Dataset.Inputs {
    let shape = shape!
    return .pixels(try bytes.finish(), rows: shape.rows, columns: shape.columns)
  }
}

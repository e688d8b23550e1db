/// Collects pictures of the same size.
struct PictureRows: ~Copyable {
  private var bytes: BytesBuilder
  private(set) var shape: PictureShape?
  private var count = 0
  /// The number of pictures of MNIST's size that were normalized nevertheless.
  private var redrawnCount = 0

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
    count += 1
    if picture.isRedrawn { redrawnCount += 1 }
    try bytes.append(picture.pixels)
  }

  /// A note on the pictures of MNIST's size that are not as MNIST's digits are; nil if there are none.
  func note(of source: String) -> DataNote? {
    let side = DigitNormalizer.side
    return redrawnCount == 0
      ? nil
      : DataNote(
        of: source,
        "\(redrawnCount) of \(count) pictures are of \(side) x \(side), but not as MNIST's are, and were "
          + "normalized", remedy: .keepPictures)
  }

  /// - Precondition: there is at least one picture.
  consuming func inputs() throws -> Dataset.Inputs {
    let shape = shape!
    return .pixels(try bytes.finish(), rows: shape.rows, columns: shape.columns)
  }
}

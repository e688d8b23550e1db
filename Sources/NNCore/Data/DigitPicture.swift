/// A picture as an example: of 28 × 28 grey pixels as it is, any other as the normaliser makes it.
struct DigitPicture {
  let rows: Int
  let columns: Int
  let pixels: [UInt8]

  /// - Parameter isRaw: whether to take it as it is, whatever its size; colours become grey on black.
  /// - Throws: `FileError` of kind `badData` if no digit is found.
  init(_ picture: Picture, isRaw: Bool, of name: String) throws {
    let side = DigitNormalizer.side
    if isRaw || (picture.width, picture.height) == (side, side) && picture.isGrey {
      (rows, columns) = (picture.height, picture.width)
      pixels = picture.grey(on: 0).values.map { UInt8(($0 * 255).rounded()) }
      return
    }
    (rows, columns) = (side, side)
    do {
      pixels = try DigitNormalizer.normalize(picture)
    } catch let error as DigitNormalizer.NoDigit {
      throw FileError(.badData, file: name, "\(error)")
    }
  }
}

extension Picture {
  /// Whether it is opaque and without colours.
  var isGrey: Bool {
    (0..<width * height).allSatisfy { pixel in
      let at = 4 * pixel
      return samples[at] == samples[at + 1] && samples[at] == samples[at + 2] && samples[at + 3] == 255
    }
  }
}

/// Pictures of one size, one after the other.
struct PictureRows: ~Copyable {
  private var bytes = BytesBuilder()
  private(set) var shape: PictureShape?

  /// - Throws: `FileError` of kind `badData` if the picture is of another size than the first.
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

  /// - Precondition: there is at least one.
  consuming func inputs() throws -> Dataset.Inputs {
    let shape = shape!
    return .pixels(try bytes.finish(), rows: shape.rows, columns: shape.columns)
  }
}

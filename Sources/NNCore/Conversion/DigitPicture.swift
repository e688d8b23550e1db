/// A picture as an example: of 28 × 28 grey pixels as it is, any other as the normaliser makes it.
struct DigitPicture {
  let rows: Int
  let columns: Int
  let pixels: [UInt8]

  private init(rows: Int, columns: Int, pixels: [UInt8]) {
    (self.rows, self.columns, self.pixels) = (rows, columns, pixels)
  }

  /// The picture in a PNG file.
  ///
  /// - Parameters:
  ///   - isRaw: whether to take it as it is, whatever its size; colours become grey on black.
  ///   - maxPixels: how many pixels it may have.
  /// - Throws: `FileError` of kind `badData` if it isn't a sound PNG, or no digit is found.
  init(_ bytes: Bytes, of file: InputFile, isRaw: Bool, maxPixels: Int) throws {
    if let grey = try PNG.decodeGrey(bytes, of: file, maxPixels: maxPixels), let own = DigitPicture(grey, isRaw: isRaw)
    {
      self = own
    } else {
      try self.init(PNG.decode(bytes, of: file, maxPixels: maxPixels), isRaw: isRaw, of: file.name)
    }
  }

  /// A grey picture that is taken as it is; nil if it isn't to be.
  ///
  /// - Parameter isRaw: as above.
  init?(_ grey: (width: Int, height: Int, pixels: [UInt8]), isRaw: Bool) {
    let side = DigitNormalizer.side
    guard isRaw || (grey.width, grey.height) == (side, side) else { return nil }
    self.init(rows: grey.height, columns: grey.width, pixels: grey.pixels)
  }

  /// - Parameter isRaw: as above.
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
  private var bytes: BytesBuilder
  private(set) var shape: PictureShape?

  /// - Parameter count: how many there will be, mostly of the size of MNIST's.
  init(count: Int) {
    bytes = BytesBuilder(capacity: count * DigitNormalizer.side * DigitNormalizer.side)
  }

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

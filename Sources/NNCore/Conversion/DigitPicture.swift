/// A picture as an example: unchanged if it is grey and of 28 × 28 pixels, otherwise normalized.
struct DigitPicture {
  let rows: Int
  let columns: Int
  let pixels: [UInt8]

  private init(rows: Int, columns: Int, pixels: [UInt8]) {
    (self.rows, self.columns, self.pixels) = (rows, columns, pixels)
  }

  /// Decodes a PNG file.
  ///
  /// - Parameters:
  ///   - isRaw: whether to keep the picture's size; colours become grey on black.
  ///   - maxPixels: the maximum number of pixels.
  /// - Throws: `FileError` of kind `badData` if the PNG is damaged or no digit is found.
  init(_ bytes: Bytes, of file: InputFile, isRaw: Bool, maxPixels: Int) throws {
    if let grey = try PNG.decodeGrey(bytes, of: file, maxPixels: maxPixels), let own = DigitPicture(grey, isRaw: isRaw)
    {
      self = own
    } else {
      try self.init(PNG.decode(bytes, of: file, maxPixels: maxPixels), isRaw: isRaw, of: file.name)
    }
  }

  /// A grey picture that needs no normalization; nil for any other.
  ///
  /// - Parameter isRaw: whether to keep the picture's size.
  init?(_ grey: (width: Int, height: Int, pixels: [UInt8]), isRaw: Bool) {
    let side = DigitNormalizer.side
    guard isRaw || (grey.width, grey.height) == (side, side) else { return nil }
    self.init(rows: grey.height, columns: grey.width, pixels: grey.pixels)
  }

  /// - Parameter isRaw: whether to keep the picture's size.
  /// - Throws: `FileError` of kind `badData` if no digit is found.
  init(_ picture: Picture, isRaw: Bool, of name: String) throws {
    let side = DigitNormalizer.side
    if isRaw || (picture.width, picture.height) == (side, side) && picture.isGrey {
      (rows, columns) = (picture.height, picture.width)
      pixels = picture.grey(on: 0).pixels
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
  /// Whether the picture is opaque and grey.
  var isGrey: Bool {
    (0..<width * height).allSatisfy { pixel in
      let at = 4 * pixel
      return samples[at] == samples[at + 1] && samples[at] == samples[at + 2] && samples[at + 3] == 255
    }
  }
}

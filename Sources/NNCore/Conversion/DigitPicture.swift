/// A picture as an example.
struct DigitPicture {
  let rows: Int
  let columns: Int
  let pixels: [UInt8]
  /// Whether a picture of MNIST's size was normalized nevertheless, because it was not as MNIST's digits are.
  let isRedrawn: Bool

  private static let side = DigitNormalizer.side

  /// Decodes a file.
  ///
  /// - Parameter maxPixels: the maximum number of pixels.
  /// - Throws: `FileError` of kind `badData` if the picture is damaged or no digit is found.
  init(_ bytes: Bytes, of file: InputFile, _ treatment: PictureTreatment, maxPixels: Int) throws {
    if let grey = try PictureFile.decodeGrey(bytes, of: file, maxPixels: maxPixels),
      let own = DigitPicture(grey, treatment, noise: JPEG.recognizes(bytes) ? JPEG.noise : 0)
    {
      self = own
    } else {
      try self.init(PictureFile.decode(bytes, of: file, maxPixels: maxPixels), treatment, of: file.name)
    }
  }

  /// A grey picture that stays as it is; nil for any other.
  ///
  /// - Parameter noise: the greatest value that counts as black where the picture was compressed with loss.
  init?(_ grey: (width: Int, height: Int, pixels: [UInt8]), _ treatment: PictureTreatment, noise: UInt8 = 0) {
    let stays =
      switch treatment {
      case .raw: true
      case .normalized: false
      case .asNeeded:
        (grey.width, grey.height) == (Self.side, Self.side) && DigitNormalizer.isNormalized(grey.pixels, noise: noise)
      }
    guard stays else { return nil }
    (rows, columns, pixels, isRedrawn) = (grey.height, grey.width, grey.pixels, false)
  }

  /// - Throws: `FileError` of kind `badData` if no digit is found.
  init(_ picture: Picture, _ treatment: PictureTreatment, of name: String) throws {
    if treatment == .raw {
      (rows, columns) = (picture.height, picture.width)
      (pixels, isRedrawn) = (picture.grey(on: 0).pixels, false)
      return
    }
    (rows, columns) = (Self.side, Self.side)
    do {
      pixels = try DigitNormalizer.normalize(picture, isForced: treatment == .normalized)
    } catch let error as DigitNormalizer.NoDigit {
      throw FileError(.badData, file: name, "\(error)")
    }
    let hasSize = (picture.width, picture.height) == (Self.side, Self.side)
    isRedrawn = treatment == .asNeeded && hasSize && pixels != picture.grey(on: 0).pixels
  }
}

import NNCore

/// How a picture becomes the pixels that a network is shown.
struct PictureReader {
  let rows: Int
  let columns: Int
  /// Whether pictures are taken as they are.
  let isRaw: Bool
  let maxPixels: Int

  /// The pixels, row by row.
  ///
  /// - Throws: `FileError`; `DigitNormalizer.NoDigit`.
  func pixels(of named: NamedPicture) throws -> [UInt8] {
    try named.read { bytes, file in
      let picture = try PNG.decode(bytes, of: file, maxPixels: maxPixels)
      if isRaw {
        guard (picture.height, picture.width) == (rows, columns) else {
          throw file.malformed(
            "is of \(picture.width) x \(picture.height) pixels, and --raw needs the model's \(columns) x \(rows)")
        }
        return picture.grey(on: 0).pixels
      }
      guard let folder = named.stageFolder else { return try DigitNormalizer.normalize(picture) }
      return try pixels(of: picture, StageWriter(folder))
    }
  }

  private func pixels(of picture: Picture, _ stages: consuming StageWriter) throws -> [UInt8] {
    var stages = stages
    let result = Result { try DigitNormalizer.normalize(picture) { stages.write($0, $1) } }
    if case .success(let pixels) = result { stages.write("seen", pixels, width: columns, height: rows) }
    if let failure = stages.failure { throw failure }
    return try result.get()
  }
}

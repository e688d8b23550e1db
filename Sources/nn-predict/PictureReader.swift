import NNCore

/// Converts pictures to the pixels of a network's input.
struct PictureReader {
  let rows: Int
  let columns: Int
  let treatment: PictureTreatment
  let maxPixels: Int

  /// The input pixels of a picture, row by row.
  ///
  /// - Throws: `FileError` if the picture can't be read; `DigitNormalizer.NoDigit` if it has no digit.
  func pixels(of named: NamedPicture) throws -> [UInt8] {
    try named.read { bytes, file in
      let picture = try PictureFile.decode(bytes, of: file, maxPixels: maxPixels)
      if treatment == .raw {
        guard (picture.height, picture.width) == (rows, columns) else {
          throw file.malformed(
            "is of \(picture.width) x \(picture.height) pixels, and --raw needs the model's \(columns) x \(rows)")
        }
        return picture.grey(on: 0).pixels
      }
      guard let folder = named.stageFolder else { return try DigitNormalizer.normalize(picture, isForced: isForced) }
      return try pixels(of: picture, StageWriter(folder))
    }
  }

  private var isForced: Bool { treatment == .normalized }

  /// Normalizes a picture and writes the stages.
  private func pixels(of picture: Picture, _ stages: consuming StageWriter) throws -> [UInt8] {
    var stages = stages
    let result = Result { try DigitNormalizer.normalize(picture, isForced: isForced) { stages.write($0, $1) } }
    if case .success(let pixels) = result { stages.write("seen", pixels, width: columns, height: rows) }
    if let failure = stages.failure { throw failure }
    return try result.get()
  }
}

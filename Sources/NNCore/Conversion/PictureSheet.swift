/// Pictures of one size in a single PNG or JPEG, row by row.
///
/// A sheet of nn-tools has a text chunk named `nn-tools` with the size and number of its pictures and their labels:
/// `28x28 3 labels 5 0 4`. In other sheets, blank places at the end of the last row don't count.
package struct PictureSheet {
  let inputs: Dataset.Inputs
  let count: Int
  let labels: [UInt16]?
  let note: DataNote?

  static let keyword = "nn-tools"

  /// - Parameters:
  ///   - tile: the size of a picture; nil to take it from the text chunk, or else to read the sheet as one picture.
  ///   - maxPixels: the maximum number of pixels of the sheet.
  /// - Throws: `FileError` of kind `badData`.
  init(reading bytes: Bytes, tile: PictureShape?, _ treatment: PictureTreatment, maxPixels: Int, of file: InputFile)
    throws
  {
    let picture = try PictureFile.decode(bytes, of: file, maxPixels: maxPixels)
    let note = tile == nil ? PNGText.read(Self.keyword, from: bytes).flatMap(Note.init) : nil
    let tile = tile ?? note?.tile ?? PictureShape(rows: picture.height, columns: picture.width)
    let (across, down) = (picture.width / tile.columns, picture.height / tile.rows)
    guard across > 0, down > 0, across * tile.columns == picture.width, down * tile.rows == picture.height else {
      throw file.malformed(
        "is of \(picture.height) rows and \(picture.width) columns, which are no multiples of those of \(tile)")
    }
    func part(_ place: Int) -> Picture {
      picture.cropped(
        columns: place % across * tile.columns..<(place % across + 1) * tile.columns,
        rows: place / across * tile.rows..<(place / across + 1) * tile.rows)
    }
    var count = across * down
    if let note, note.count <= count {
      count = note.count
    } else {
      while count > 1, count > across * (down - 1), part(count - 1).isUniform { count -= 1 }
    }
    var rows = PictureRows(count: count)
    for place in 0..<count {
      let name = count == 1 ? file.name : "\(file.name) (picture \(place + 1))"
      try rows.append(DigitPicture(part(place), note == nil ? treatment : .raw, of: name), of: name)
    }
    self.note = rows.note(of: file.name)
    inputs = try rows.inputs()
    self.count = count
    labels = note?.labels.flatMap { $0.count == count ? $0 : nil }
  }

  /// Whether the file `path` is a sheet of nn-tools.
  package static func isSheet(_ path: String) -> Bool {
    guard let bytes = InputFile.mapped(path: path), PNG.recognizes(bytes) else { return false }
    return PNGText.read(keyword, from: bytes).flatMap(Note.init) != nil
  }

  /// Encodes all pictures of `dataset`, in order, as one PNG.
  ///
  /// - Parameter columns: pictures in a row.
  /// - Throws: `FileError` of kind `badData` if there are no pictures, or too many for one sheet.
  package static func file(of dataset: Dataset, columns: Int) throws -> Bytes {
    guard case .pixels(let bytes, let rows, let width) = dataset.inputs else {
      throw FileError(.badData, file: dataset.source, "holds features, not pictures")
    }
    guard dataset.count > 0 else { throw FileError(.badData, file: dataset.source, "holds no pictures for a sheet") }
    let across = min(columns, dataset.count)
    let down = (dataset.count + across - 1) / across
    guard across * width * down * rows <= PictureFile.maximumPixels else {
      throw FileError(
        .badData, file: dataset.source, "\(dataset.count) pictures are too many for one sheet", remedy: .takeFewer)
    }
    var pixels = [UInt8](repeating: 0, count: across * width * down * rows)
    for place in 0..<dataset.count {
      let picture = [UInt8](bytes[place * rows * width..<(place + 1) * rows * width])
      for row in 0..<rows {
        let start = (place / across * rows + row) * across * width + place % across * width
        pixels.replaceSubrange(start..<start + width, with: picture[row * width..<(row + 1) * width])
      }
    }
    let note = Note(tile: PictureShape(rows: rows, columns: width), count: dataset.count, labels: dataset.labels)
    let file = PNG.encode(grey: pixels, width: across * width, height: down * rows)
    return Bytes(PNGText.adding(note.description, named: keyword, to: file))
  }

  /// The content of the text chunk.
  private struct Note: CustomStringConvertible {
    let tile: PictureShape
    let count: Int
    let labels: [UInt16]?

    init(tile: PictureShape, count: Int, labels: [UInt16]?) {
      (self.tile, self.count, self.labels) = (tile, count, labels)
    }

    init?(_ text: String) {
      let words = text.split(separator: " ")
      guard words.count >= 2, let tile = PictureShape(String(words[0])), let count = Int(words[1]), count > 0 else {
        return nil
      }
      let labels = words.dropFirst(3).map { UInt16($0) }
      let areLabels = words.count > 2 && words[2] == "labels" && !labels.contains(nil)
      self.init(tile: tile, count: count, labels: areLabels ? labels.compactMap { $0 } : nil)
    }

    var description: String {
      (["\(tile)", "\(count)"] + (labels.map { ["labels"] + $0.map(String.init) } ?? [])).joined(separator: " ")
    }
  }
}

extension Picture {
  /// The picture cropped to `columns` and `rows`.
  func cropped(columns: Range<Int>, rows: Range<Int>) -> Picture {
    Picture(
      width: columns.count, height: rows.count,
      samples: rows.flatMap { samples[4 * ($0 * width + columns.lowerBound)..<4 * ($0 * width + columns.upperBound)] },
      noise: noise)
  }

  /// Whether all pixels are equal.
  fileprivate var isUniform: Bool {
    samples.indices.dropFirst(4).allSatisfy { samples[$0] == samples[$0 - 4] }
  }
}

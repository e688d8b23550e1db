/// Text chunks of PNG files (tEXt), which describe the picture.
enum PNGText {
  /// The text of the keyword; nil if there is none, or a chunk before it is damaged.
  static func read(_ keyword: String, from file: Bytes) -> String? {
    var place = PNG.signature.count
    while let chunk = PNGChunk(in: file, at: place) {
      if chunk.kind == PNGChunk.text {
        let parts = [UInt8](file[chunk.data]).split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].elementsEqual(keyword.utf8) { return String(decoding: parts[1], as: UTF8.self) }
      }
      place = chunk.end
    }
    return nil
  }

  /// The file with an additional text chunk before its last chunk.
  static func adding(_ text: String, named keyword: String, to file: [UInt8]) -> [UInt8] {
    let end = file.count - 12
    let chunk = PNGChunk.bytes(PNGChunk.text, Array(keyword.utf8) + [0] + Array(text.utf8))
    return file[..<end] + chunk + file[end...]
  }
}

/// Text chunks of PNG files (tEXt), with which a picture says something of itself.
enum PNGText {
  /// The text named `keyword`; nil if there is none, or the chunks are damaged before it.
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

  /// The file with a text more, before its last chunk.
  static func adding(_ text: String, named keyword: String, to file: [UInt8]) -> [UInt8] {
    let end = file.count - 12
    let chunk = PNGChunk.bytes(PNGChunk.text, Array(keyword.utf8) + [0] + Array(text.utf8))
    return file[..<end] + chunk + file[end...]
  }
}

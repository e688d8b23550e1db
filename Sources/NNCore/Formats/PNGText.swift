/// Text chunks of PNG files (tEXt), with which a picture says something of itself.
enum PNGText {
  /// The text named `keyword`; nil if there is none, or the chunks are damaged before it.
  static func read(_ keyword: String, from file: Bytes) -> String? {
    var place = 8
    while place + 12 <= file.count {
      let length = Int(file.big(place, as: UInt32.self))
      guard length <= file.count - place - 12 else { return nil }
      if file.hasBytes(Array("tEXt".utf8), at: place + 4) {
        let data = [UInt8](file[place + 8..<place + 8 + length])
        let parts = data.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].elementsEqual(keyword.utf8) { return String(decoding: parts[1], as: UTF8.self) }
      }
      place += 12 + length
    }
    return nil
  }

  /// The file with a text more, before its last chunk.
  static func adding(_ text: String, named keyword: String, to file: [UInt8]) -> [UInt8] {
    let body = Array("tEXt".utf8) + Array(keyword.utf8) + [0] + Array(text.utf8)
    func big(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
    let chunk = big(UInt32(body.count - 4)) + body + big(crc32(Bytes(body)))
    let end = file.count - 12
    return file[..<end] + chunk + file[end...]
  }
}

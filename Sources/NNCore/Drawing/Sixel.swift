/// DEC's sixel graphics, which some terminals support.
package enum Sixel {
  /// The number of grey levels.
  static let levels = 16

  /// The escape sequence that draws grey pixels from the cursor on.
  ///
  /// A band of six rows is sent once for each of its grey levels; a character encodes which of six pixels in a column
  /// have that level.
  ///
  /// - Parameters:
  ///   - pixels: 0 (black) … 255, row by row.
  ///   - scale: the width and height of a pixel in pixels of the terminal.
  package static func encode(_ pixels: [UInt8], columns: Int, scale: Int) -> String {
    precondition(columns > 0 && scale > 0 && pixels.count % columns == 0)
    let (width, height) = (columns * scale, pixels.count / columns * scale)
    func level(_ x: Int, _ y: Int) -> Int {
      (Int(pixels[y / scale * columns + x / scale]) * (levels - 1) + 127) / 255
    }
    // Pixels are square (1;1), and the background isn't cleared (1).
    var text = "\u{1b}P0;1q\"1;1;\(width);\(height)"
    for level in 0..<levels {
      let percent = level * 100 / (levels - 1)
      text += "#\(level);2;\(percent);\(percent);\(percent)"
    }
    for top in stride(from: 0, to: height, by: 6) {
      var patterns = Array(repeating: Array(repeating: UInt8(0), count: width), count: levels)
      for y in top..<min(top + 6, height) {
        for x in 0..<width { patterns[level(x, y)][x] |= 1 << UInt8(y - top) }
      }
      let drawn = patterns.enumerated().filter { $0.element.contains { $0 != 0 } }
      text += drawn.map { "#\($0.offset)" + runs($0.element) }.joined(separator: "$")
      if top + 6 < height { text += "-" }
    }
    return text + "\u{1b}\\"
  }

  /// The characters of a band in run-length encoding, `!COUNTCHARACTER`, without its empty end.
  private static func runs(_ patterns: [UInt8]) -> String {
    var text = ""
    let end = (patterns.lastIndex { $0 != 0 } ?? -1) + 1
    var start = 0
    while start < end {
      let next = patterns[start..<end].firstIndex { $0 != patterns[start] } ?? end
      let character = Character(Unicode.Scalar(63 + patterns[start]))
      let count = next - start
      text += count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
      start = next
    }
    return text
  }
}

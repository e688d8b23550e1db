/// The graphics protocol of the terminal kitty, which other terminals support, too.
package enum KittyGraphics {
  /// The maximum number of Base64 characters in one escape sequence.
  private static let maximumText = 4096

  /// The escape sequences that draw a PNG file over `columns` × `lines` cells from the cursor on, without moving the
  /// cursor.
  package static func encode(png: [UInt8], columns: Int, lines: Int) -> String {
    let text = Array(Base64.encode(png).utf8)
    return stride(from: 0, to: text.count, by: maximumText).map { start in
      let part = text[start..<min(start + maximumText, text.count)]
      let more = part.endIndex < text.count ? 1 : 0
      // Transmit and display (a=T) a PNG (f=100), suppress responses (q=2), don't move the cursor (C=1).
      let control = start == 0 ? "a=T,f=100,q=2,C=1,c=\(columns),r=\(lines),m=\(more)" : "m=\(more)"
      return "\u{1b}_G\(control);\(String(decoding: part, as: UTF8.self))\u{1b}\\"
    }.joined()
  }
}

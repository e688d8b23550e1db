/// Pictures in the graphics protocol of the terminal kitty, which others have taken over.
package enum KittyGraphics {
  /// Bytes of text that a sequence may carry.
  private static let mostText = 4096

  /// The sequences that draw a PNG file over so many cells of the terminal, from the cursor on, and leave the cursor
  /// there.
  package static func encode(png: [UInt8], columns: Int, lines: Int) -> String {
    let text = Array(Base64.encode(png).utf8)
    return stride(from: 0, to: text.count, by: mostText).map { start in
      let part = text[start..<min(start + mostText, text.count)]
      let more = part.endIndex < text.count ? 1 : 0
      // Transmit and display (a=T) a PNG (f=100), say nothing back (q=2), don't move the cursor (C=1).
      let control = start == 0 ? "a=T,f=100,q=2,C=1,c=\(columns),r=\(lines),m=\(more)" : "m=\(more)"
      return "\u{1b}_G\(control);\(String(decoding: part, as: UTF8.self))\u{1b}\\"
    }.joined()
  }
}

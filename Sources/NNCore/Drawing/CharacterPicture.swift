/// A grey picture drawn with characters. A line of text shows two rows of pixels, so that the picture keeps its aspect
/// ratio in a terminal, whose cells are about twice as high as wide.
package struct CharacterPicture: Sendable {
  private let pixels: [UInt8]
  private let columns: Int
  private let rows: Int

  /// - Parameter pixels: whole rows of pixels, 0 (black) … 255.
  package init(_ pixels: [UInt8], columns: Int) {
    precondition(columns > 0 && pixels.count % columns == 0)
    (self.pixels, self.columns, rows) = (pixels, columns, pixels.count / columns)
  }

  private static let shades = Array(" .:-=+*#%@")

  /// The lines in ASCII: lighter pixels become denser characters.
  package var ascii: [String] {
    lines { upper, lower in
      Self.shades[(upper + lower) * (Self.shades.count - 1) / 510]
    }
  }

  /// The encoding of greys in escape sequences.
  package enum Colors: Sendable {
    /// 24-bit colours.
    case direct
    /// The 256-colour palette of xterm, which has 26 greys.
    case palette

    fileprivate func sequence(foreground grey: Int) -> String { "38;" + sequence(grey) }
    fileprivate func sequence(background grey: Int) -> String { "48;" + sequence(grey) }

    private func sequence(_ grey: Int) -> String {
      switch self {
      case .direct: return "2;\(grey);\(grey);\(grey)"
      case .palette:
        // Level 0 is black, 1…24 are the palette's grey ramp 8, 18 … 238, and 25 is white.
        let level = min(max((grey + 7) / 10, 0), 25)
        return "5;\(level == 0 ? 16 : level == 25 ? 231 : 231 + level)"
      }
    }
  }

  /// The lines in upper half blocks: the foreground colour is the upper row, the background colour the lower row.
  package func halfBlocks(_ colors: Colors) -> [String] {
    var last: (upper: Int, lower: Int) = (-1, -1)
    return (0..<(rows + 1) / 2).map { line in
      last = (-1, -1)
      let cells = cells(of: line).map { upper, lower in
        var changes: [String] = []
        if upper != last.upper { changes.append(colors.sequence(foreground: upper)) }
        if lower != last.lower { changes.append(colors.sequence(background: lower)) }
        last = (upper, lower)
        return (changes.isEmpty ? "" : "\u{1b}[\(changes.joined(separator: ";"))m") + "▀"
      }
      return cells.joined() + "\u{1b}[0m"
    }
  }

  private func lines(_ character: (Int, Int) -> Character) -> [String] {
    (0..<(rows + 1) / 2).map { line in String(cells(of: line).map(character)) }
  }

  /// The two pixels of each cell of a line. The row below an odd last row is black.
  private func cells(of line: Int) -> [(upper: Int, lower: Int)] {
    (0..<columns).map { column in
      let lower = 2 * line + 1 < rows ? Int(pixels[(2 * line + 1) * columns + column]) : 0
      return (Int(pixels[2 * line * columns + column]), lower)
    }
  }
}

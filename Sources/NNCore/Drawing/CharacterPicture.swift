/// A picture of grey pixels drawn with characters, two rows of pixels a line, so that it keeps its shape in a
/// terminal's tall cells.
package struct CharacterPicture: Sendable {
  private let pixels: [UInt8]
  private let columns: Int
  private let rows: Int

  /// - Parameter pixels: 0 (black) … 255, row by row, in whole rows.
  package init(_ pixels: [UInt8], columns: Int) {
    precondition(columns > 0 && pixels.count % columns == 0)
    (self.pixels, self.columns, rows) = (pixels, columns, pixels.count / columns)
  }

  private static let shades = Array(" .:-=+*#%@")

  /// In ASCII: the more ink, the denser the character.
  package var ascii: [String] {
    lines { upper, lower in
      Self.shades[(upper + lower) * (Self.shades.count - 1) / 510]
    }
  }

  /// How grey is told to a terminal.
  package enum Colors: Sendable {
    /// Any colour.
    case direct
    /// The 256 of xterm, 26 of which are grey.
    case palette

    fileprivate func sequence(foreground grey: Int) -> String { "38;" + sequence(grey) }
    fileprivate func sequence(background grey: Int) -> String { "48;" + sequence(grey) }

    private func sequence(_ grey: Int) -> String {
      switch self {
      case .direct: return "2;\(grey);\(grey);\(grey)"
      case .palette:
        // Black, 24 steps of 10 from 8 on, white.
        let level = min(max((grey + 7) / 10, 0), 25)
        return "5;\(level == 0 ? 16 : level == 25 ? 231 : 231 + level)"
      }
    }
  }

  /// In upper half blocks, whose foreground is the upper row and whose background the lower one.
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

  /// The pixels of a line's cells; below an odd last row is black.
  private func cells(of line: Int) -> [(upper: Int, lower: Int)] {
    (0..<columns).map { column in
      let lower = 2 * line + 1 < rows ? Int(pixels[(2 * line + 1) * columns + column]) : 0
      return (Int(pixels[2 * line * columns + column]), lower)
    }
  }
}

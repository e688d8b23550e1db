/// The bitmap font of all drawn pictures: proportional, with ASCII and a few more signs.
package enum BitmapFont {
  /// The number of rows of a glyph.
  package static let height = 12
  /// The number of rows above the baseline.
  package static let ascent = 9
  /// The number of columns between glyphs.
  package static let spacing = 1

  /// The ink of a character, row by row.
  package struct Glyph: Sendable, Equatable {
    package let width: Int
    package let height: Int
    package fileprivate(set) var ink: [Bool]

    /// Whether a pixel has ink. Pixels beyond the borders have none.
    package subscript(x: Int, y: Int) -> Bool {
      x >= 0 && x < width && y >= 0 && y < height && ink[y * width + x]
    }
  }

  /// The glyph of a character; an empty box if the font doesn't have the character.
  package static func glyph(of character: Character) -> Glyph { glyphs[character] ?? missing }

  /// Whether the font has the character.
  package static func has(_ character: Character) -> Bool { glyphs[character] != nil }

  private static let glyphs: [Character: Glyph] = {
    var glyphs: [Character: Glyph] = [:]
    for specimen in specimens {
      let rows = specimen.art.split(separator: "\n").map { $0.split(separator: " ") }
      for (place, character) in specimen.characters.enumerated() {
        let parts = rows.map { $0[place] }
        glyphs[character] = Glyph(
          width: parts[0].count, height: parts.count, ink: parts.flatMap { $0.map { $0 == "#" } })
      }
    }
    return glyphs
  }()

  private static let missing = Glyph(
    width: 5, height: height,
    ink: (0..<height).flatMap { y in
      (0..<5).map { x in y < ascent && (y == 0 || y == ascent - 1 || x == 0 || x == 4) }
    })

  /// The width of a text in pixels, without spacing at its ends.
  package static func width(of text: String, scale: Int = 1) -> Int {
    max(0, text.reduce(-spacing) { $0 + glyph(of: $1).width + spacing }) * scale
  }

  /// The text, truncated with an ellipsis if it is wider than `width`; empty if not even one character fits.
  package static func fitted(_ text: String, width: Int, scale: Int = 1) -> String {
    if self.width(of: text, scale: scale) <= width { return text }
    var beginning = text
    while !beginning.isEmpty {
      beginning.removeLast()
      let cut = beginning + "…"
      if self.width(of: cut, scale: scale) <= width { return cut }
    }
    return ""
  }
}

extension BitmapFont.Glyph {
  /// The glyph enlarged `scale` times with smooth diagonals, as the coverage of each pixel, 0…1.
  package func coverage(scale: Int) -> GreyPicture {
    guard scale > 1 else { return GreyPicture(width: width, height: height, values: ink.map { $0 ? 1 : 0 }) }
    let large = doubled.doubled.doubled
    return GreyPicture(width: large.width, height: large.height, values: large.ink.map { $0 ? 1 : 0 })
      .resized(width: width * scale, height: height * scale)
  }

  /// The glyph enlarged twice by Scale2x (Mazzoleni, 2001), which fills in the steps of diagonals.
  private var doubled: BitmapFont.Glyph {
    var result = BitmapFont.Glyph(
      width: 2 * width, height: 2 * height, ink: Array(repeating: false, count: 4 * ink.count))
    for y in 0..<height {
      for x in 0..<width {
        let own = self[x, y]
        let (up, down, left, right) = (self[x, y - 1], self[x, y + 1], self[x - 1, y], self[x + 1, y])
        let isPlain = up == down || left == right
        let corners = [
          !isPlain && left == up ? left : own, !isPlain && up == right ? right : own,
          !isPlain && left == down ? left : own, !isPlain && down == right ? right : own,
        ]
        for (corner, value) in corners.enumerated() {
          result.ink[(2 * y + corner / 2) * result.width + 2 * x + corner % 2] = value
        }
      }
    }
    return result
  }
}

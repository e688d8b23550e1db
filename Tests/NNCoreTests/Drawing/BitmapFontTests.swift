import NNCore
import Testing

@Suite struct BitmapFontTests {
  private let ascii = (UInt8(32)...126).map { Character(Unicode.Scalar($0)) }

  @Test func everyPrintableOfASCIIHasAGlyphOfItsOwn() {
    let glyphs = ascii.map(BitmapFont.glyph(of:))
    for (character, glyph) in zip(ascii, glyphs) {
      #expect(BitmapFont.has(character))
      #expect(glyph.height == BitmapFont.height && glyph.ink.count == glyph.width * glyph.height, "\(character)")
      #expect(glyph.ink.contains(true) == (character != " "), "\(character)")
      // Ink in the first and the last column, but for what keeps its distance: spacing is the font's.
      if !" .:1-".contains(character) {
        #expect((0..<glyph.height).contains { glyph[glyph.width - 1, $0] }, "\(character)")
      }
    }
    for (place, glyph) in glyphs.enumerated() { #expect(!glyphs[..<place].contains(glyph), "\(ascii[place])") }
    #expect("→×…–·".allSatisfy { BitmapFont.has($0) })
  }

  /// Numbers below each other line up.
  @Test func digitsAreEquallyWide() {
    #expect(Set("0123456789".map { BitmapFont.glyph(of: $0).width }) == [6])
  }

  @Test func whatIsMissingIsABox() {
    #expect(!BitmapFont.has("日"))
    let box = BitmapFont.glyph(of: "日")
    #expect(box == BitmapFont.glyph(of: "é") && box[0, 0] && box[4, 8] && !box[2, 4])
  }

  @Test func widths() {
    #expect(BitmapFont.width(of: "") == 0)
    #expect(BitmapFont.width(of: "7") == 6)
    #expect(BitmapFont.width(of: "77") == 13 && BitmapFont.width(of: "77", scale: 3) == 39)
    #expect(BitmapFont.fitted("trousers", width: 100) == "trousers")
    let cut = BitmapFont.fitted("trousers", width: 30)
    #expect(cut.hasSuffix("…") && "trousers".hasPrefix(cut.dropLast()) && cut.count > 2)
    #expect(BitmapFont.width(of: cut) <= 30)
    #expect(BitmapFont.fitted("trousers", width: 3) == "")
  }

  /// Larger glyphs have the ink of the small, smoothed.
  @Test(arguments: [2, 3, 4]) func largerGlyphs(_ scale: Int) {
    for character in ascii {
      let glyph = BitmapFont.glyph(of: character)
      let large = glyph.coverage(scale: scale)
      #expect((large.width, large.height) == (glyph.width * scale, glyph.height * scale))
      let (ink, wanted) = (large.values.reduce(0, +), Float(glyph.ink.count { $0 } * scale * scale))
      #expect(abs(ink - wanted) <= 0.35 * wanted, "\(character): \(ink), not about \(wanted)")
      #expect(large.values.allSatisfy { (-0.001...1.001).contains($0) })
    }
    // A straight stroke stays as it is, but for its ends, which are round.
    let bar = BitmapFont.glyph(of: "|").coverage(scale: scale)
    let inner = scale * scale..<10 * scale * scale
    #expect(bar.values[inner].allSatisfy { $0 == 1 } && bar.values[(11 * scale * scale)...].allSatisfy { $0 == 0 })
    #expect((0.2..<1).contains(bar.values[0]))
  }
}

import NNCore
import Testing

@Suite struct ColorTests {
  @Test func names() {
    #expect(Color(0x0a80ff).description == "#0a80ff")
    #expect(Color(0x000000).mixed(with: Color(0xffffff), share: 0.2) == Color(0x333333))
    #expect(abs(Color(0xffffff).contrast(with: Color(0x000000)) - 21) < 1e-9)
    // W3C's example of what just passes.
    #expect(abs(Color(0x767676).contrast(with: Color(0xffffff)) - 4.54) < 0.005)
  }

  /// WCAG's 4.5 : 1, for numbers in all cells and for texts of both palettes.
  @Test func textIsLegible() {
    for scale in [ColorScale.right, .wrong, .diverging] {
      for step in 0...200 {
        let color = scale[Double(step) / 200]
        #expect(color.contrast(with: color.legibleInk) >= 4.5)
      }
    }
    for palette in [Palette.light, .dark] {
      for paint in [Paint.ink, .muted] { #expect(palette[paint].contrast(with: palette[.surface]) >= 4.5) }
      for paint in Paint.series { #expect(palette[paint].contrast(with: palette[.surface]) >= 3) }
    }
  }

  @Test func scales() {
    #expect(ColorScale.right[0] == Color(0xffffff) && ColorScale.diverging[0.5] == Color(0xffffff))
    #expect(ColorScale.right[-3] == ColorScale.right[0] && ColorScale.right[7] == ColorScale.right[1])
    // More is darker.
    let luminances = (0...100).map { ColorScale.wrong[Double($0) / 100].luminance }
    #expect(luminances == luminances.sorted(by: >))
    #expect(ColorScale.wrong[.nan] == ColorScale.right[.infinity])
  }
}

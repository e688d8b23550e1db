/// A raster image of sRGB pixels to draw on. Drawing is clipped at its borders.
package struct Canvas: Sendable {
  package let width: Int
  package let height: Int
  /// Red, green and blue of each pixel, row by row.
  package private(set) var samples: [UInt8]
  /// A cache of the coverage of glyphs, by scale and character.
  private var glyphs: [Int: [Character: GreyPicture]] = [:]

  package init(width: Int, height: Int, background: Color) {
    precondition(width > 0 && height > 0)
    (self.width, self.height) = (width, height)
    let pixel = [background.red, background.green, background.blue]
    samples = Array(unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      for place in 0..<3 * width * height { buffer[place] = pixel[place % 3] }
      count = 3 * width * height
    }
  }

  /// The canvas as a PNG file.
  package var png: Bytes { Bytes(PNG.encode(rgb: samples, width: width, height: height)) }

  package subscript(x: Int, y: Int) -> Color {
    get {
      let place = 3 * (y * width + x)
      return Color(red: samples[place], green: samples[place + 1], blue: samples[place + 2])
    }
    set {
      let place = 3 * (y * width + x)
      (samples[place], samples[place + 1], samples[place + 2]) = (newValue.red, newValue.green, newValue.blue)
    }
  }

  /// Blends `color` over a pixel with an opacity of `share`, 0…1.
  mutating func blend(_ x: Int, _ y: Int, _ color: Color, share: Float) {
    guard share > 0, x >= 0, x < width, y >= 0, y < height else { return }
    self[x, y] = share >= 1 ? color : self[x, y].mixed(with: color, share: share)
  }

  /// Fills a rectangle.
  package mutating func fill(_ box: Box, _ color: Color) {
    for y in max(box.y, 0)..<max(min(box.bottom, height), max(box.y, 0)) {
      for x in max(box.x, 0)..<max(min(box.right, width), max(box.x, 0)) { self[x, y] = color }
    }
  }

  /// Draws the outline of `box`, `thickness` pixels wide, inside it.
  package mutating func frame(_ box: Box, _ color: Color, thickness: Int = 1) {
    fill(Box(x: box.x, y: box.y, width: box.width, height: thickness), color)
    fill(Box(x: box.x, y: box.bottom - thickness, width: box.width, height: thickness), color)
    fill(Box(x: box.x, y: box.y, width: thickness, height: box.height), color)
    fill(Box(x: box.right - thickness, y: box.y, width: thickness, height: box.height), color)
  }

  /// Draws a picture with its upper left corner at (`x`, `y`), each of its pixels `magnification` pixels wide and high.
  ///
  /// - Parameter color: returns the colour of the pixel at a place, counted row by row.
  package mutating func draw(
    width columns: Int, height rows: Int, x: Int, y: Int, magnification: Int, _ color: (_ place: Int) -> Color
  ) {
    for place in 0..<rows * columns {
      fill(
        Box(
          x: x + place % columns * magnification, y: y + place / columns * magnification, width: magnification,
          height: magnification), color(place))
    }
  }

  /// Draws a line of text.
  ///
  /// - Parameters:
  ///   - x: the column of the text's start, middle or end, depending on `anchor`.
  ///   - baseline: the first row of pixels below capitals.
  ///   - scale: the size as a multiple of the font's size.
  ///   - isVertical: whether the text runs from bottom to top, rotated about (`x`, `baseline`).
  package mutating func text(
    _ text: String, x: Int, baseline: Int, _ color: Color, scale: Int = 1, anchor: TextAnchor = .start,
    isVertical: Bool = false
  ) {
    let total = BitmapFont.width(of: text, scale: scale)
    var offset =
      switch anchor {
      case .start: 0
      case .middle: -total / 2
      case .end: -total
      }
    for character in text {
      let glyph = coverage(of: character, scale: scale)
      for row in 0..<glyph.height {
        for column in 0..<glyph.width {
          let (along, down) = (offset + column, row - BitmapFont.ascent * scale)
          let (left, top) = isVertical ? (x + down, baseline - along - 1) : (x + along, baseline + down)
          blend(left, top, color, share: glyph[column, row])
        }
      }
      offset += glyph.width + BitmapFont.spacing * scale
    }
  }

  private mutating func coverage(of character: Character, scale: Int) -> GreyPicture {
    if let known = glyphs[scale]?[character] { return known }
    let made = BitmapFont.glyph(of: character).coverage(scale: scale)
    glyphs[scale, default: [:]][character] = made
    return made
  }
}

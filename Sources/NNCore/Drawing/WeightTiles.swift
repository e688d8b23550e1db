/// The weights of a network's first layer as pictures, one tile for each unit. Blue is negative, white 0 and red
/// positive; the colours of a tile are scaled by its maximum absolute weight.
package struct WeightTiles {
  private let layer: Layer
  private let rows: Int
  private let columns: Int
  /// The label below each tile: the index of the unit, or its class if the first layer is the output layer.
  private let names: [String]
  /// Whether the network has only one layer, whose units are the classes.
  private let isOnly: Bool

  /// The maximum number of tiles on a sheet.
  package static let maximumTiles = 4096

  package init(_ network: Network) {
    layer = network.layers[0]
    let isPicture = network.rows * network.columns == layer.inputCount
    (rows, columns) = isPicture ? (network.rows, network.columns) : (1, layer.inputCount)
    isOnly = network.layers.count == 1
    names = isOnly ? network.classes : (0..<layer.outputCount).map(String.init)
  }

  private static let paper = Color(0xffffff)
  private static let ink = Color(0x1b1e23)
  private static let muted = Color(0x5c6470)
  private static let line = Color(0xd5d9df)
  private static let margin = 24
  private static let top = 86
  private static let maximumNameWidth = 84
  /// The width of the sheet in pixels, which many or large tiles exceed.
  private static let width = 1200

  /// Draws the sheet.
  ///
  /// - Parameter file: the name of the model's file for errors.
  /// - Throws: `FileError` of kind `badData` if the units have too many weights for a picture.
  package func canvas(of file: String) throws -> Canvas {
    let count = min(layer.outputCount, Self.maximumTiles)
    let magnification = self.magnification(of: count)
    // The weights of features are drawn as a band 12 pixels high.
    let (width, height) = (columns * magnification, max(rows * magnification, 12))
    let hasNumbers = count <= 256
    let (gapAcross, gapDown) = (max(4, 3 * magnification), hasNumbers ? 22 : max(4, 3 * magnification))
    let longest = names.map { BitmapFont.width(of: $0) }.max() ?? 0
    let tile = max(width, hasNumbers ? min(longest, Self.maximumNameWidth) : 0)
    let across = self.across(count, tile: tile + gapAcross, height: height + gapDown)
    let down = (count + across - 1) / across
    let title = "\(isOnly ? "Only layer" : "First layer"): \(layer.outputCount) × \(layer.inputCount) weights"
    let note = self.note(count)
    let textWidth = max(BitmapFont.width(of: title, scale: 2), BitmapFont.width(of: note))
    let sheet = (
      width: 2 * Self.margin + max(across * (tile + gapAcross) - gapAcross, textWidth),
      height: Self.top + down * (height + gapDown) - (hasNumbers ? 0 : gapDown) + Self.margin
    )
    guard sheet.width * sheet.height <= PictureFile.maximumPixels else {
      throw FileError(.badData, file: file, "has \(layer.inputCount) weights a unit, too many for a picture")
    }
    var canvas = Canvas(width: sheet.width, height: sheet.height, background: Self.paper)
    canvas.text(title, x: Self.margin, baseline: 42, Self.ink, scale: 2)
    canvas.text(note, x: Self.margin, baseline: 64, Self.muted)
    for unit in 0..<count {
      let box = Box(
        x: Self.margin + unit % across * (tile + gapAcross) + (tile - width) / 2,
        y: Self.top + unit / across * (height + gapDown), width: width, height: height)
      draw(unit, in: box, magnification: magnification, on: &canvas)
      if hasNumbers {
        canvas.text(
          BitmapFont.fitted(names[unit], width: tile), x: box.x + width / 2, baseline: box.bottom + 14, Self.muted,
          anchor: .middle)
      }
    }
    return canvas
  }

  private func note(_ count: Int) -> String {
    let unit = isOnly ? "class" : "unit"
    let which = count < layer.outputCount ? "the first \(count) units" : "a tile for each \(unit)"
    return
      "\(which), \(rows) × \(columns): blue is below 0, red above, as strong as the weight is to the tile's greatest"
  }

  private func magnification(of count: Int) -> Int {
    let side = max(rows, columns)
    let wanted = count <= 16 ? 140 : count <= 128 ? 84 : count <= 512 ? 56 : 28
    return max(1, wanted / side)
  }

  /// The number of tiles in a row, for a sheet about 1.5 times as wide as high. A nearby divisor of the number of tiles
  /// is preferred, so that the last row is full.
  private func across(_ count: Int, tile: Int, height: Int) -> Int {
    let most = max(1, max(Self.width - 2 * Self.margin, count > 512 ? 2000 : 0) / tile)
    let wanted = Int((1.5 * Double(count) * Double(height) / Double(tile)).squareRoot().rounded())
    let rough = min(max(wanted, 1), most)
    let even = (max(rough * 3 / 4, 1)...rough).last { count % $0 == 0 }
    return even ?? rough
  }

  private func draw(_ unit: Int, in box: Box, magnification: Int, on canvas: inout Canvas) {
    let weights = layer.weights[unit * layer.inputCount..<(unit + 1) * layer.inputCount]
    let maximum = weights.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    func color(_ place: Int) -> Color {
      let weight = weights[weights.startIndex + place]
      guard weight.isFinite else { return Color(0x4a4f57) }
      return ColorScale.diverging[maximum == 0 ? 0.5 : Double(0.5 + 0.5 * weight / maximum)]
    }
    if rows * magnification < box.height {
      for column in 0..<columns {
        canvas.fill(
          Box(x: box.x + column * magnification, y: box.y, width: magnification, height: box.height), color(column))
      }
    } else {
      canvas.draw(width: columns, height: rows, x: box.x, y: box.y, magnification: magnification, color)
    }
    canvas.frame(Box(x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2), Self.line)
  }
}

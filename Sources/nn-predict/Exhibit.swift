import NNCommand
import NNCore

/// Draws a network's input in the terminal, with a bar for the probability of each class beside it.
struct Exhibit {
  private let graphics: Terminal.Graphics
  private let classes: [String]
  private let columns: Int
  private let terminal = Terminal()

  /// The number of cells of a bar for probability 1.
  private static let barLength = 20

  /// - Parameter columns: the number of columns of a picture.
  init(_ graphics: Terminal.Graphics, classes: [String], columns: Int) {
    (self.graphics, self.classes, self.columns) = (graphics, classes, columns)
  }

  /// The lines to print, separated by line feeds.
  ///
  /// - Parameters:
  ///   - pixels: the network's input, row by row; nil if it is not a picture.
  ///   - probabilities: the probability of each class.
  func text(_ pixels: [UInt8]?, _ probabilities: [Float]) -> String {
    let bars = bars(probabilities)
    guard let pixels else { return bars.joined(separator: "\n") }
    let picture = CharacterPicture(pixels, columns: columns)
    let gap = "  "
    switch graphics {
    case .ascii: return beside(picture.ascii, bars, gap)
    case .blocks: return beside(picture.halfBlocks(terminal.blockColors ?? .palette), bars, gap)
    case .kitty:
      let lines = (pixels.count / columns + 1) / 2
      let png = PNG.encode(grey: pixels, width: columns, height: pixels.count / columns)
      return behind(KittyGraphics.encode(png: png, columns: columns, lines: lines), lines, bars)
    case .sixel:
      // A pixel is one cell wide and half a cell high. Cells of most terminals are 8 to 10 pixels wide and twice as
      // high.
      let scale = terminal.cellSize.map { max(1, min($0.width, $0.height / 2)) } ?? 8
      return behind(Sixel.encode(pixels, columns: columns, scale: scale), (pixels.count / columns + 1) / 2, bars)
    }
  }

  /// A picture of characters with the bars on its right.
  private func beside(_ picture: [String], _ bars: [String], _ gap: String) -> String {
    let blank = String(repeating: " ", count: columns)
    return (0..<max(picture.count, bars.count)).map { line in
      (line < picture.count ? picture[line] : blank) + (line < bars.count ? gap + bars[line] : "")
    }.joined(separator: "\n")
  }

  /// Bars to the right of an image that is drawn over cells: room is made first, so that the screen doesn't roll
  /// meanwhile.
  private func behind(_ image: String, _ imageLines: Int, _ bars: [String]) -> String {
    let count = max(imageLines, bars.count)
    let room = String(repeating: "\n", count: count) + "\u{1b}[\(count)A"
    let lines = (0..<count).map { $0 < bars.count ? "\u{1b}[\(columns + 2)C" + bars[$0] : "" }
    return room + "\u{1b}7" + image + "\u{1b}8" + lines.joined(separator: "\n")
  }

  /// A line for each class: its name, its bar and its probability.
  private func bars(_ probabilities: [Float]) -> [String] {
    let width = classes.map(\.count).max() ?? 0
    return zip(classes, probabilities).map { name, probability in
      name + String(repeating: " ", count: width - name.count) + " " + bar(probability) + " " + probability.fixed(3)
    }
  }

  private func bar(_ given: Float) -> String {
    // Probabilities of a diverged network may be NaN.
    let probability = given.isFinite ? given : 0
    guard graphics != .ascii else {
      let filled = Int((probability * Float(Self.barLength)).rounded())
      return String(repeating: "#", count: filled) + String(repeating: " ", count: Self.barLength - filled)
    }
    let eighths = Int((probability * Float(Self.barLength) * 8).rounded())
    let part = eighths % 8 == 0 ? "" : String("▏▎▍▌▋▊▉".dropFirst(eighths % 8 - 1).prefix(1))
    let bar = String(repeating: "█", count: eighths / 8) + part
    return bar + String(repeating: " ", count: Self.barLength - bar.count)
  }
}

/// A contact sheet of misclassified pictures, the most confident first, with their true and predicted labels.
package struct MistakeSheet {
  private let dataset: Dataset
  private let classes: [String]
  private let shown: [Evaluation.Mistake]
  private let mistakeCount: Int
  private let exampleCount: Int
  private let rows: Int
  private let columns: Int

  /// The maximum number of pictures on a sheet.
  package static let maximumPictures = 300

  /// - Throws: `FileError` of kind `badData` if `dataset` holds features, not pictures.
  package init(_ evaluation: Evaluation, of dataset: Dataset, named file: String) throws {
    guard case .pixels(_, let rows, let columns) = dataset.inputs else {
      throw FileError(.badData, file: file, "holds features, and a sheet of mistakes is of pictures")
    }
    (self.dataset, self.rows, self.columns) = (dataset, rows, columns)
    classes = evaluation.classes
    (mistakeCount, exampleCount) = (evaluation.errors.count, evaluation.score.count)
    shown = Array(evaluation.mostConfidentErrors.prefix(Self.maximumPictures))
  }

  private static let paper = Color(0xffffff)
  private static let ink = Color(0x1b1e23)
  private static let muted = Color(0x5c6470)
  private static let right = Color(0x1f6fc4)
  private static let wrong = Color(0xc2341f)
  private static let margin = 24
  private static let top = 86
  private static let gap = 18
  /// The width of the sheet in pixels, which larger pictures exceed.
  private static let width = 1200
  /// The length of a picture's longer side in pixels: smaller pictures are magnified up to it.
  private static let side = 84
  /// The maximum length of a picture's longer side: larger pictures are shrunk to it.
  private static let maximumSide = 168
  private static let labelHeight = 44
  /// The maximum width in pixels to which labels widen a tile.
  private static let maximumLabelWidth = 170
  private static let arrowWidth = BitmapFont.width(of: "→") + 10

  /// Sizes in pixels, and factors.
  private struct Layout {
    /// The factor by which pictures are magnified.
    var magnification: Int
    /// The size of a magnified picture.
    var picture: (width: Int, height: Int)
    /// The width of a picture or its label, whichever is wider.
    var tileWidth: Int
    /// The number of pictures in a row.
    var across: Int
    /// The size of labels as a multiple of the font's size.
    var scale: Int
  }

  private var layout: Layout {
    let magnification = max(1, Self.side / max(rows, columns))
    let (width, height) = Thumbnail.size(rows: rows, columns: columns, side: Self.maximumSide)
    let names = Set(shown.flatMap { [$0.label, $0.prediction] }).map { BitmapFont.width(of: classes[$0]) }
    let tileWidth = max(
      width * magnification, Self.side, min(2 * (names.max() ?? 0) + Self.arrowWidth, Self.maximumLabelWidth))
    let most = max(1, (Self.width - 2 * Self.margin + Self.gap) / (tileWidth + Self.gap))
    let hasRoom = shown.allSatisfy { mistake in
      let pair = [mistake.label, mistake.prediction]
      return pair.reduce(2 * Self.arrowWidth) { $0 + BitmapFont.width(of: classes[$1], scale: 2) } <= tileWidth
    }
    return Layout(
      magnification: magnification, picture: (width * magnification, height * magnification), tileWidth: tileWidth,
      across: max(min(most, shown.count), 1), scale: hasRoom ? 2 : 1)
  }

  package var canvas: Canvas {
    let layout = layout
    let (across, tileHeight) = (layout.across, layout.picture.height + Self.labelHeight)
    let down = (shown.count + across - 1) / across
    let (title, note) = headings
    let textWidth = max(BitmapFont.width(of: title, scale: 2), BitmapFont.width(of: note))
    var canvas = Canvas(
      width: 2 * Self.margin + max(across * (layout.tileWidth + Self.gap) - Self.gap, textWidth),
      height: Self.top + max(down * (tileHeight + Self.gap) - Self.gap, 0) + Self.margin, background: Self.paper)
    canvas.text(title, x: Self.margin, baseline: 42, Self.ink, scale: 2)
    canvas.text(note, x: Self.margin, baseline: 64, Self.muted)
    for (place, mistake) in shown.enumerated() {
      let box = Box(
        x: Self.margin + place % across * (layout.tileWidth + Self.gap),
        y: Self.top + place / across * (tileHeight + Self.gap), width: layout.tileWidth, height: layout.picture.height)
      let picture = Thumbnail(
        [UInt8](dataset.example(mistake.index)), rows: rows, columns: columns, side: Self.maximumSide)
      canvas.draw(
        width: picture.width, height: picture.height, x: box.x + (box.width - layout.picture.width) / 2, y: box.y,
        magnification: layout.magnification
      ) { place in
        let grey = picture.pixels[place]
        return Color(red: grey, green: grey, blue: grey)
      }
      drawLabel(mistake, below: box, scale: layout.scale, on: &canvas)
    }
    return canvas
  }

  private var headings: (title: String, note: String) {
    if mistakeCount == 0 {
      return ("No mistakes in \(exampleCount) examples", "There is nothing to show.")
    }
    let examples = exampleCount == 1 ? "example" : "examples"
    let title = "\(mistakeCount) \(mistakeCount == 1 ? "mistake" : "mistakes") in \(exampleCount) \(examples)"
    let which = shown.count < mistakeCount ? "the \(shown.count) most confident" : "the most confident first"
    return (title, "\(which): true → given, probability of the given, number of the example")
  }

  private func drawLabel(_ mistake: Evaluation.Mistake, below box: Box, scale: Int, on canvas: inout Canvas) {
    let (label, given) = (classes[mistake.label], classes[mistake.prediction])
    let arrow = Self.arrowWidth * scale
    let room = box.width - arrow
    let labelWidth = BitmapFont.width(of: label, scale: scale)
    let givenWidth = BitmapFont.width(of: given, scale: scale)
    // A label shorter than half of the room leaves the rest to the other label.
    let labelRoom = max(room / 2, room - givenWidth)
    let texts = [
      BitmapFont.fitted(label, width: labelRoom, scale: scale),
      BitmapFont.fitted(given, width: room - min(labelRoom, labelWidth), scale: scale),
    ]
    let widths = texts.map { BitmapFont.width(of: $0, scale: scale) }
    let baseline = box.bottom + 8 + BitmapFont.ascent * 2
    let left = box.x + (box.width - widths[0] - arrow - widths[1]) / 2
    canvas.text(texts[0], x: left, baseline: baseline, Self.right, scale: scale)
    canvas.text("→", x: left + widths[0] + 5 * scale, baseline: baseline, Self.muted, scale: scale)
    canvas.text(texts[1], x: left + widths[0] + arrow, baseline: baseline, Self.wrong, scale: scale)
    let low = baseline + 16
    canvas.text((100 * mistake.probability).fixed(1) + " %", x: box.x, baseline: low, Self.muted)
    canvas.text("#\(mistake.index)", x: box.right, baseline: low, Self.muted, anchor: .end)
  }
}

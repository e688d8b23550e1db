/// A heat map of a confusion matrix: a row for each true class and a column for each predicted class. The shade of a
/// cell is its share of the row, blue on the diagonal and red elsewhere.
package struct ConfusionPicture {
  private let matrix: [[Int]]
  private let classes: [String]
  /// The classes of each row and column of the picture: one, or several if there are too many classes.
  private let groups: [Range<Int>]
  /// The width and height of a cell in pixels.
  private let cell: Int
  /// The size of the text at the cells as a multiple of the font's size.
  private let scale: Int

  /// - Parameters:
  ///   - matrix: the numbers of examples by true class (outer) and predicted class (inner).
  ///   - classes: the names of the classes, at least one.
  package init(_ matrix: [[Int]], classes: [String]) {
    (self.matrix, self.classes) = (matrix, classes)
    let size = (classes.count + Self.maximumCells - 1) / Self.maximumCells
    groups = stride(from: 0, to: classes.count, by: size).map { $0..<min($0 + size, classes.count) }
    cell = max(1, min(Self.maximumCell, Self.side / groups.count))
    scale = cell >= 44 ? 2 : 1
  }

  private static let maximumCells = 1600
  private static let maximumCell = 64
  private static let side = 1000
  private static let paper = Color(0xffffff)
  private static let ink = Color(0x1b1e23)
  private static let muted = Color(0x5c6470)
  private static let line = Color(0xd5d9df)

  package var canvas: Canvas {
    let names = classes.map { BitmapFont.fitted($0, width: Self.maximumNameWidth, scale: scale) }
    let longest = names.map { BitmapFont.width(of: $0, scale: scale) }.max() ?? 0
    let isTurned = longest > cell - 4 * scale && labelStep == 1 || longest > cell * labelStep - 4
    let across = groups.count * cell
    let measures = hasMeasures ? Self.measureWidth * scale : 0
    let (left, top) = (24 + 24 + 14 + longest + 10, 64 + 36 + (isTurned ? longest : BitmapFont.ascent * scale) + 10)
    let legend = 76
    var title = "Confusion matrix: \(total) examples, \(Self.percent(hits, total, places: 2)) right"
    if groups.count < classes.count { title += ", \(groups[0].count) classes a pixel" }
    let titleWidth = BitmapFont.width(of: title, scale: 2)
    let width = max(left + across + max(measures, 0) + 24, 24 + titleWidth + 24, 24 + Self.legendWidth + 24)
    var canvas = Canvas(
      width: width, height: top + across + (hasMeasures ? 20 + BitmapFont.height * scale : 0) + legend + 12,
      background: Self.paper)
    canvas.text(title, x: 24, baseline: 40, Self.ink, scale: 2)
    let matrixBox = Box(x: left, y: top, width: across, height: across)
    drawCells(in: matrixBox, on: &canvas)
    drawLabels(names, at: matrixBox, isTurned: isTurned, on: &canvas)
    if hasMeasures { drawMeasures(at: matrixBox, on: &canvas) }
    drawLegend(x: 24, y: canvas.height - legend, on: &canvas)
    return canvas
  }

  private static let maximumNameWidth = 180
  private static let measureWidth = 54
  private static let legendWidth = 560

  private var total: Int { matrix.reduce(0) { $0 + $1.reduce(0, +) } }
  private var hits: Int { matrix.indices.reduce(0) { $0 + matrix[$1][$1] } }
  /// Whether cells are large enough for recall and precision beside the rows and columns.
  private var hasMeasures: Bool { cell >= 40 }

  /// The number of cells from one class label to the next, so that labels don't overlap.
  private var labelStep: Int {
    let needed = Double(BitmapFont.height * scale + 2) / Double(cell)
    return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].first { Double($0) >= needed } ?? 2000
  }

  private func drawCells(in box: Box, on canvas: inout Canvas) {
    for (row, trueClasses) in groups.enumerated() {
      let rowTotal = trueClasses.reduce(0) { $0 + matrix[$1].reduce(0, +) }
      for (column, givenClasses) in groups.enumerated() {
        let count = trueClasses.reduce(0) { sum, label in sum + givenClasses.reduce(0) { $0 + matrix[label][$1] } }
        let place = Box(x: box.x + column * cell, y: box.y + row * cell, width: cell, height: cell)
        let share = rowTotal == 0 ? 0 : Double(count) / Double(rowTotal)
        let color = row == column ? ColorScale.right[share] : ColorScale.wrong[Self.shade(ofWrong: share)]
        canvas.fill(place, color)
        if count > 0 { drawCount(count, in: place, color.legibleInk, on: &canvas) }
      }
    }
    // Grid lines would hide small cells.
    if cell >= 10 {
      for place in 1..<max(groups.count, 1) {
        canvas.fill(Box(x: box.x + place * cell, y: box.y, width: 1, height: box.height), Self.line)
        canvas.fill(Box(x: box.x, y: box.y + place * cell, width: box.width, height: 1), Self.line)
      }
    }
    canvas.frame(Box(x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2), Self.muted)
  }

  /// The shade of a share of wrong answers: its square root, so that few mistakes are visible, too.
  private static func shade(ofWrong share: Double) -> Double { share.squareRoot() }

  private func drawCount(_ count: Int, in box: Box, _ ink: Color, on canvas: inout Canvas) {
    let text = "\(count)"
    guard let scale = [scale, 1].first(where: { BitmapFont.width(of: text, scale: $0) <= cell - 4 && cell >= 14 })
    else { return }
    canvas.text(
      text, x: box.x + cell / 2 + 1, baseline: box.y + (cell + BitmapFont.ascent * scale) / 2, ink, scale: scale,
      anchor: .middle)
  }

  private func drawLabels(_ names: [String], at box: Box, isTurned: Bool, on canvas: inout Canvas) {
    for (place, group) in groups.enumerated() where place % labelStep == 0 {
      let name = names[group.lowerBound]
      let middle = place * cell + cell / 2
      canvas.text(
        name, x: box.x - 10, baseline: box.y + middle + BitmapFont.ascent * scale / 2, Self.ink, scale: scale,
        anchor: .end)
      if isTurned {
        canvas.text(
          name, x: box.x + middle + BitmapFont.ascent * scale / 2, baseline: box.y - 10, Self.ink, scale: scale,
          isVertical: true)
      } else {
        canvas.text(name, x: box.x + middle, baseline: box.y - 10, Self.ink, scale: scale, anchor: .middle)
      }
    }
    canvas.text("given", x: box.x + box.width / 2, baseline: 64 + 18, Self.muted, scale: 2, anchor: .middle)
    canvas.text(
      "true", x: 24 + 18, baseline: box.y + box.height / 2, Self.muted, scale: 2, anchor: .middle, isVertical: true)
  }

  /// Draws recall beside each row and precision below each column.
  private func drawMeasures(at box: Box, on canvas: inout Canvas) {
    let rise = BitmapFont.ascent * scale / 2
    canvas.text("recall", x: box.right + 12, baseline: box.y - 10, Self.muted, scale: scale)
    for (place, row) in matrix.enumerated() {
      canvas.text(
        Self.percent(row[place], row.reduce(0, +)), x: box.right + 12, baseline: box.y + place * cell + cell / 2 + rise,
        Self.muted, scale: scale)
      let given = matrix.reduce(0) { $0 + $1[place] }
      let text = Self.percent(matrix[place][place], given, unit: "")
      canvas.text(
        text, x: box.x + place * cell + cell / 2, baseline: box.bottom + 10 + BitmapFont.ascent * scale, Self.muted,
        scale: BitmapFont.width(of: text, scale: scale) <= cell - 4 ? scale : 1, anchor: .middle)
    }
    canvas.text("precision, %", x: box.right + 12, baseline: box.bottom + 10 + BitmapFont.ascent * scale, Self.muted)
  }

  private func drawLegend(x: Int, y: Int, on canvas: inout Canvas) {
    let width = 240
    for (number, (name, scale)) in [("right", ColorScale.right), ("wrong", ColorScale.wrong)].enumerated() {
      let left = x + number * (width + 80)
      for step in 0..<width {
        canvas.fill(Box(x: left + step, y: y + 20, width: 1, height: 14), scale[Double(step) / Double(width - 1)])
      }
      canvas.frame(Box(x: left, y: y + 20, width: width, height: 14), Self.line)
      canvas.text("\(name), share of the row", x: left, baseline: y + 12, Self.muted)
      for share in number == 0 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.01, 0.1, 0.25, 0.5, 1] {
        let place = number == 0 ? share : Self.shade(ofWrong: share)
        let text = share == 0 ? "0" : share == 1 ? "100 %" : (100 * share).fixed(0)
        canvas.text(
          text, x: left + Int(place * Double(width)), baseline: y + 49, Self.muted,
          anchor: share == 0 ? .start : share == 1 ? .end : .middle)
      }
    }
  }

  private static func percent(_ part: Int, _ whole: Int, places: Int = 1, unit: String = " %") -> String {
    whole == 0 ? "–" : (100 * Double(part) / Double(whole)).fixed(places) + unit
  }
}

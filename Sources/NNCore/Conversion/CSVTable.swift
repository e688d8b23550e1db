/// The examples of a table of numbers as text, and their labels.
struct CSVTable: ~Copyable {
  var rows: ExampleRows
  /// nil if no column holds labels.
  var labels: LabelNames?

  /// Bytes of text that a thread parses at a time.
  private static let blockLength = 1 << 17

  /// Parses the blocks of the text in parallel, each as if it began outside of quotes. A block that began inside
  /// quotes, or that holds an error, is parsed again from the end of the lines before it.
  ///
  /// - Parameters:
  ///   - labelColumn: the column of the labels; nil for the column whose name in the header says so, or without a
  ///     header for what a sample of the lines suggests, unless the numbers of a line make a square picture.
  ///   - pool: returns the threads for a number of blocks.
  ///   - report: is called now and then with the number of bytes that are done.
  /// - Throws: `FileError` of kind `badData` with the line of a row of another length, or of a field that is not a
  ///   number; or if it isn't plain which column holds the labels.
  static func read(
    _ bytes: Bytes, labelColumn: LabelColumn?, of file: InputFile, pool: (Int) -> WorkerPool, report: (Int) -> Void
  ) throws -> CSVTable {
    var fields = bytes.withSpan { SeparatedText($0, hasComments: true) }
    guard bytes.withSpan({ fields.findLine($0) }) else { throw file.malformed("holds no lines") }
    let layout = try bytes.withSpan { try CSVLayout(detecting: $0, &fields, labelColumn, file) }

    var table = CSVTable(
      rows: ExampleRows(width: layout.width, room: bytes.count / 2),
      labels: layout.hasLabels ? LabelNames() : nil)
    let first = fields
    var (end, dropped) = (first.place, 0)
    let pool = pool(max(1, (bytes.count - end) / blockLength))
    try pool.forEachInOrder(ahead: 4 * pool.count) { () -> Range<Int>? in
      guard end < bytes.count else { return nil }
      let start = end
      end = bytes.withSpan { SeparatedText.lineStart($0, from: min(start + blockLength, bytes.count)) }
      return start..<end
    } produce: { (_, range: Range<Int>) -> (range: Range<Int>, CSVBlock?) in
      // Without a limit, each block would search the whole file for the end of a quote that isn't closed.
      let limit = min(range.upperBound + blockLength, bytes.count)
      let block = bytes[0..<limit].withSpan {
        CSVBlock($0, first.moved(to: range.lowerBound), to: range.upperBound, layout, file)
      }
      let isSound = block.fault == nil && (block.end.place < limit || limit == bytes.count)
      return (range, isSound ? block : nil)
    } consume: { range, early in
      // A line of an earlier block may end beyond this block.
      guard fields.place < range.upperBound else { return }
      if let early, fields.place == range.lowerBound {
        try table.append(early, linesBefore: fields.line - 1, file)
        fields = early.end.after(lines: fields.line - 1)
      } else {
        let block = bytes.withSpan { CSVBlock($0, fields, to: range.upperBound, layout, file) }
        try table.append(block, linesBefore: 0, file)
        fields = block.end
      }
      if fields.place - dropped > 1 << 22 {
        bytes[dropped..<fields.place].dropPages()
        dropped = fields.place
        report(dropped)
      }
    }
    return table
  }

  /// Appends the rows and labels of a block, then throws the error that ended the block, if there is one.
  private mutating func append(_ block: CSVBlock, linesBefore: Int, _ file: InputFile) throws {
    for label in block.labels {
      do {
        switch label.value {
        case .number(let number): try labels!.append(number: number)
        case .text(let text): try labels!.append(text)
        }
      } catch {
        throw file.malformed(error.description, at: .line(label.line + linesBefore))
      }
    }
    try rows.append(block)
    if let fault = block.fault { throw fault }
  }
}

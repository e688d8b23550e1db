/// LIBSVM's sparse text: a line an example, `label index:value index:value …`, of which those that are 0 are left out.
///
/// Indices rise along a line; those of a file start at 1, or at 0 if that occurs or the comment that scikit-learn writes
/// at the top says so. What follows `#` is a comment.
package enum LIBSVM {
  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes[0..<min(bytes.count, 1 << 16)].withSpan { text in
      var place = start(of: text)
      while place < text.count {
        var tokens = Tokens(text, &place)
        guard let first = tokens.next(text) else { continue }
        guard !first.contains(where: { text[$0] == UInt8(ascii: ":") }) else { return false }
        // A label alone is an example of zeros.
        guard let second = tokens.next(text) else { continue }
        return entry(text, second) != nil || isQuery(text, second)
      }
      return false
    }
  }

  /// - Parameters:
  ///   - shape: of pictures, or rows and columns of features; else the least square that has room for the greatest index,
  ///     if all values are pixels.
  ///   - limit: of the memory or disk that an example's zeros may take.
  /// - Throws: `FileError` of kind `badData` with the line.
  static func read(
    _ bytes: Bytes, shape: PictureShape?, limit: InflationLimit, of file: InputFile, report: (Int) -> Void = { _ in }
  ) throws -> (inputs: Dataset.Inputs, labels: LabelNames) {
    let extent = try Extent(bytes, file)
    guard extent.count > 0 else { throw file.malformed("holds no examples") }
    var width = max(extent.greatest - extent.base + 1, 1)
    if let shape {
      guard width <= shape.count else {
        throw file.malformed("has an index \(extent.greatest), beyond --shape \(shape)")
      }
      width = shape.count
    } else if extent.arePixels {
      let side = Int(Double(width).squareRoot().rounded(.up))
      width = side * side
    }
    let (size, overflow) = width.multipliedReportingOverflow(by: extent.count * (extent.arePixels ? 1 : 4))
    guard !overflow, size <= limit.most(from: bytes.count) else {
      throw file.malformed(
        "has an index \(extent.greatest): with all zeros, \(limit.refusal(from: bytes.count))",
        at: .line(extent.lineOfGreatest))
    }

    var rows = ExampleRows(width: width)
    var labels = LabelNames()
    var row = [Float](repeating: 0, count: width)
    try forEachLine(bytes, report: report) { text, line, tokens in
      guard let label = tokens.next(text) else { return }
      do {
        try labels.append(TextNumber.string(text, label))
      } catch {
        throw file.malformed((error as? LabelNames.Fault)?.description ?? "\(error)", at: .line(line))
      }
      for index in row.indices { row[index] = 0 }
      while let token = tokens.next(text) {
        guard let (index, value) = entry(text, token) else { continue }
        row[index - extent.base] = Float(value)
      }
      try rows.append(row, arePixels: extent.arePixels)
    }
    return (try rows.inputs(extent.arePixels ? shape : nil, of: file), labels)
  }

  /// What a whole file holds, so that its zeros can be filled in.
  private struct Extent {
    var count = 0
    var greatest = 0
    var lineOfGreatest = 1
    var base = 1
    var arePixels = true

    init(_ bytes: Bytes, _ file: InputFile) throws {
      if LIBSVM.saysZeroBased(bytes) { base = 0 }
      try LIBSVM.forEachLine(bytes) { text, line, tokens in
        guard let label = tokens.next(text) else { return }
        guard !label.contains(where: { text[$0] == UInt8(ascii: ":") }) else {
          throw file.malformed("has no label", at: .line(line))
        }
        count += 1
        var last = -1
        while let token = tokens.next(text) {
          guard let (index, value) = LIBSVM.entry(text, token) else {
            if LIBSVM.isQuery(text, token) { continue }
            let what = TextNumber.string(text, token).prefix(20)
            throw file.malformed("'\(what)' is not an index and a number with a colon between", at: .line(line))
          }
          guard index > last else { throw file.malformed("the index \(index) comes after \(last)", at: .line(line)) }
          guard Float(value).isFinite else {
            throw file.malformed("a number is too large for a 32-bit float", at: .line(line))
          }
          last = index
          if index == 0 { base = 0 }
          if index > greatest { (greatest, lineOfGreatest) = (index, line) }
          arePixels = arePixels && value >= 0 && value <= 255 && value == value.rounded()
        }
      }
    }
  }

  /// `index:value`; the index is below 2³¹.
  private static func entry(_ text: Span<UInt8>, _ token: Range<Int>) -> (index: Int, value: Double)? {
    var place = token.lowerBound
    var index = 0
    while place < token.upperBound, text[place] &- 48 < 10, index < 1 << 31 {
      index = 10 * index + Int(text[place] - 48)
      place += 1
    }
    guard place > token.lowerBound, place < token.upperBound, text[place] == UInt8(ascii: ":"), index < 1 << 31 else {
      return nil
    }
    return TextNumber.decimal(text, place + 1..<token.upperBound).map { (index, $0) }
  }

  /// `qid:…`, by which rankings are grouped.
  private static func isQuery(_ text: Span<UInt8>, _ token: Range<Int>) -> Bool {
    TextNumber.string(text, token.lowerBound..<min(token.lowerBound + 4, token.upperBound)) == "qid:"
  }

  /// Where the text begins, after a byte-order mark if there is one.
  private static func start(of text: Span<UInt8>) -> Int {
    text.count >= 3 && text[0] == 0xef && text[1] == 0xbb && text[2] == 0xbf ? 3 : 0
  }

  /// Whether comments at the top say that indices are from 0: `# Column indices are zero-based`.
  private static func saysZeroBased(_ bytes: Bytes) -> Bool {
    let top = String(decoding: [UInt8](bytes[0..<min(bytes.count, 4096)]), as: UTF8.self)
    return top.split(whereSeparator: \.isNewline).prefix { $0.hasPrefix("#") }.contains { $0.contains("zero-based") }
  }

  private static func forEachLine(
    _ bytes: Bytes, report: (Int) -> Void = { _ in },
    _ body: (_ text: Span<UInt8>, _ line: Int, _ tokens: inout Tokens) throws -> Void
  ) throws {
    var (place, line, done) = (bytes.withSpan(start(of:)), 0, 0)
    while place < bytes.count {
      line += 1
      try bytes.withSpan { text in
        var tokens = Tokens(text, &place)
        try body(text, line, &tokens)
      }
      if place - done > 1 << 22 {
        bytes[done..<place].dropPages()
        done = place
        report(done)
      }
    }
  }

  /// What stands between blanks on a line.
  private struct Tokens {
    private var place: Int
    private let end: Int

    /// Those of the line at `place`, which moves on to the next.
    init(_ text: Span<UInt8>, _ place: inout Int) {
      self.place = place
      var end = place
      while end < text.count, text[end] != 10, text[end] != UInt8(ascii: "#") { end += 1 }
      self.end = end
      while end < text.count, text[end] != 10 { end += 1 }
      place = min(end + 1, text.count)
    }

    mutating func next(_ text: Span<UInt8>) -> Range<Int>? {
      while place < end, text[place] == 32 || text[place] == 9 || text[place] == 13 { place += 1 }
      let start = place
      while place < end, text[place] != 32, text[place] != 9, text[place] != 13 { place += 1 }
      return start < place ? start..<place : nil
    }
  }
}

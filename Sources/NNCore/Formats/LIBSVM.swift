/// LIBSVM's sparse text: a line an example, `label index:value index:value …`, without the values that are 0.
///
/// Indices rise along a line. The first index is 1, or 0 if the file has an index 0 or scikit-learn's comment at the
/// top says so. A comment begins with `#`.
enum LIBSVM {
  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes[0..<min(bytes.count, 1 << 16)].withSpan { text in
      var place = start(of: text)
      while place < text.count {
        var tokens = Tokens(text, &place)
        guard let first = tokens.next(text) else { continue }
        guard !first.contains(where: { text[$0] == UInt8(ascii: ":") }) else { return false }
        // A line with only a label is an example of zeros.
        guard let second = tokens.next(text) else { continue }
        return entry(text, second) != nil || isQuery(text, second)
      }
      return false
    }
  }

  /// Calls `body` with the label, the values and the line of each example, in order.
  ///
  /// - Parameters:
  ///   - extent: the extent of `bytes`.
  ///   - width: values of an example, enough for the largest index.
  ///   - report: is called now and then with the number of bytes that are done.
  static func forEachExample(
    _ bytes: Bytes, _ extent: Extent, width: Int, report: (Int) -> Void,
    _ body: (_ label: String, _ row: [Float], _ line: Int) throws -> Void
  ) throws {
    var row = [Float](repeating: 0, count: width)
    try forEachLine(bytes, report: report) { text, line, tokens in
      guard let label = tokens.next(text) else { return }
      for index in row.indices { row[index] = 0 }
      while let token = tokens.next(text) {
        guard let (index, value) = entry(text, token) else { continue }
        row[index - extent.base] = Float(value)
      }
      try body(TextNumber.string(text, label), row, line)
    }
  }

  /// The number of examples in a file and the range of their indices and values, from which the width of an example
  /// follows.
  struct Extent {
    /// Number of examples.
    private(set) var count = 0
    private(set) var maximum = 0
    private(set) var lineOfMaximum = 1
    /// The first index, 0 or 1.
    private(set) var base = 1
    /// Whether all values are whole numbers of 0 to 255.
    private(set) var arePixels = true
    /// Whether all values are of 0 to 1.
    private(set) var areUnit = true
    /// Number of values that the file names, which leaves out most that are 0.
    private(set) var entryCount = 0

    /// - Throws: `FileError` of kind `badData` with the line of the first error in the file.
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
          entryCount += 1
          areUnit = areUnit && 0...1 ~= value
          if index == 0 { base = 0 }
          if index > maximum { (maximum, lineOfMaximum) = (index, line) }
          arePixels = arePixels && value >= 0 && value <= 255 && value == value.rounded()
        }
      }
    }
  }

  /// Parses `index:value`; the index is below 2³¹.
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

  /// Whether the word is `qid:…`, which groups the examples of a ranking.
  private static func isQuery(_ text: Span<UInt8>, _ token: Range<Int>) -> Bool {
    TextNumber.string(text, token.lowerBound..<min(token.lowerBound + 4, token.upperBound)) == "qid:"
  }

  /// The start of the text, after a byte-order mark if there is one.
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

  /// The words between blanks on a line.
  private struct Tokens {
    private var place: Int
    private let end: Int

    /// The words of the line at `place`, which is moved to the next line.
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

import NNCore
import Testing

/// Tables of several blocks, which are read side by side: the result and the errors are those of one reader.
@Suite struct CSVTableTests {
  private static let threads = [1, 2, 3, 8]
  private static let rows = 6000
  private static let width = 49
  /// More than a block takes, of text.
  private static let length = 1 << 17

  /// A label and pixels a row, mostly 0 as in pictures.
  private static let table: [[Int]] = {
    var random = RandomState(seed: 5)
    return (0..<rows).map { row in
      [row % 10] + (0..<width).map { _ in random.integer(through: 2) > 0 ? 0 : Int(random.integer(through: 255)) }
    }
  }()

  private static func lines(_ table: [[Int]] = table, separator: String = ",") -> [String] {
    table.map { $0.map(String.init).joined(separator: separator) }
  }

  private func read(_ text: String, threads: Int, column: LabelColumn? = nil) throws -> Dataset {
    var options = DataReader.Options()
    options.pool = { WorkerPool(count: max(1, min(threads, $0)), processors: threads) }
    options.labelColumn = column
    options.format = .csv
    var reader = DataReader(options)
    try reader.add(temporaryFile(Array(text.utf8)))
    return try reader.dataset()
  }

  /// Expects the table's pixels, whole or without some rows.
  private func expectTable(
    _ data: Dataset, _ table: [[Int]] = table, firstColumn: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .pixels(let bytes, 7, 7) = data.inputs else {
      Issue.record("not pictures of 7 x 7", sourceLocation: sourceLocation)
      return
    }
    let wanted = table.flatMap { $0[firstColumn..<(firstColumn + Self.width)].map { UInt8($0) } }
    #expect([UInt8](bytes) == wanted, sourceLocation: sourceLocation)
  }

  @Test(arguments: threads, ["\n", "\r\n", "\r"])
  func plain(threads: Int, end: String) throws {
    let text = Self.lines().joined(separator: end)
    try #require(text.utf8.count > 4 * Self.length)
    for whole in [text, text + end, text + end + end + "  " + end] {
      let data = try read(whole, threads: threads)
      expectTable(data)
      #expect(data.labels == Self.table.map { UInt16($0[0]) })
    }
  }

  @Test(arguments: threads)
  func labelsAnywhere(threads: Int) throws {
    for column in [1, 25, 50] {
      let table = Self.table.map { row in Array(row[1..<column]) + [row[0]] + row[column...] }
      let data = try read(Self.lines(table).joined(separator: "\n"), threads: threads, column: .number(column))
      expectTable(data)
      #expect(data.labels == Self.table.map { UInt16($0[0]) })
    }
  }

  @Test(arguments: threads)
  func otherWriting(threads: Int) throws {
    expectTable(try read(Self.lines(separator: "\t").joined(separator: "\n"), threads: threads))
    expectTable(try read(Self.lines(separator: "   ").map { " \($0) " }.joined(separator: "\n"), threads: threads))
    expectTable(try read(Self.lines(separator: "|").joined(separator: "\n"), threads: threads))
    let told = ["sep=;"] + Self.lines(separator: ";")
    expectTable(try read("\u{feff}" + told.joined(separator: "\r\n"), threads: threads))
    expectTable(try read(told.joined(separator: "\r"), threads: threads))
    let quoted = Self.table.map { row in
      row.map { $0 % 3 == 0 ? "\"\($0)\"" : $0 % 3 == 1 ? " 00\($0)" : "+\($0).0" }.joined(separator: ",")
    }
    expectTable(try read(quoted.joined(separator: "\n"), threads: threads))
    let header = ",label," + (0..<Self.width).map { "p\($0)" }.joined(separator: ",")
    let numbered = Self.lines().enumerated().map { "\($0),\($1)" }
    expectTable(try read(([header] + numbered).joined(separator: "\n"), threads: threads))
    var gaps = Self.lines()
    for place in stride(from: 0, to: gaps.count, by: 3) { gaps[place] += place % 2 == 0 ? "\n\n" : "\n  " }
    expectTable(try read(gaps.joined(separator: "\n"), threads: threads))
  }

  /// Line feeds within quotes, some of them with what looks like lines of the table, across the ends of blocks.
  @Test(arguments: threads)
  func lineFeedsInQuotes(threads: Int) throws {
    var lines = Self.lines().enumerated().map { "\"a\n\($0 % 7)\n,\"" + $1.dropFirst() }
    expectTable(try read(lines.joined(separator: "\n"), threads: threads))
    let decoy = Self.lines().joined(separator: "\n")
    try #require(decoy.utf8.count > 2 * Self.length)
    lines[1000] = "\"\(decoy)\"" + Self.lines()[1000].dropFirst()
    let data = try read(lines.joined(separator: "\n"), threads: threads)
    expectTable(data)
    #expect(data.classes.count == 8)
    // Each row is three lines.
    lines[5900] += ",1"
    let line = 3 * 5900 + 1 + decoy.utf8.count { $0 == 10 } - 2
    expectFault("has 51 fields, where the first line has 50", at: line) {
      try read(lines.joined(separator: "\n"), threads: threads)
    }
    lines[1000] = "\"" + lines[1000]
    expectFault("a quoted field is not closed", at: 3001) { try read(lines.joined(separator: "\n"), threads: threads) }
  }

  /// What is wrong in any block is told by its line, and the first of it.
  @Test(arguments: threads)
  func faults(threads: Int) {
    let sound = Self.lines()
    for place in [1, 1300, 1301, 3017, 5999] {
      func text(_ line: String) -> String {
        var lines = sound
        lines[place] = line
        // What comes later isn't told.
        if place < 5998 { lines[5998] = "1,2" }
        return lines.joined(separator: "\r\n")
      }
      let line = sound[place]
      func expect(_ fault: String, _ line: String) {
        expectFault(fault, at: place + 1) { try read(text(line), threads: threads) }
      }
      expect("has 51 fields, where the first line has 50", line + ",7")
      expect("has 49 fields", String(line[..<line.lastIndex(of: ",")!]))
      expect("field 50 is 'x', not a number", line[..<line.lastIndex(of: ",")!] + ",x")
      expect("field 50 is empty", line[..<line.lastIndex(of: ",")!] + ",")
      expect("has an empty label", String(line.dropFirst()))
      expectFault("has 51 fields", at: place + 2) { try read("sep=,\n" + text(line + ",7"), threads: threads) }
      expect("field 50 is too large for a 32-bit float", line[..<line.lastIndex(of: ",")!] + ",1e39")
      expect("a quoted field is not closed as it should be", line[..<line.lastIndex(of: ",")!] + ",\"1")
    }
  }

  /// One number that is no pixel makes features of all, before and after it.
  @Test(arguments: threads, ["256", "-1", "0.5", "1e3"])
  func features(threads: Int, number: String) throws {
    var lines = Self.lines()
    lines[2500] = lines[2500][..<lines[2500].lastIndex(of: ",")!] + "," + number
    let data = try read(lines.joined(separator: "\n"), threads: threads)
    guard case .features(let bytes, Self.width) = data.inputs else {
      Issue.record("no features")
      return
    }
    var wanted = Self.table.flatMap { $0.dropFirst().map(Float.init) }
    wanted[2501 * Self.width - 1] = try #require(Float(number))
    #expect((0..<wanted.count).map { Float(bitPattern: bytes.little(4 * $0)) } == wanted)
  }

  /// Comments before, between and after the lines of all blocks, one of them longer than a block.
  @Test(arguments: threads)
  func comments(threads: Int) throws {
    var lines = Self.lines().map { "# \"\n\($0)\n  # 1,2" }
    lines[700] += "\n#" + String(repeating: "1,", count: Self.length)
    expectTable(try read(lines.joined(separator: "\n"), threads: threads))
    lines[5000] = "#\n1,2"
    // Three lines a row, and the long comment.
    expectFault("has 2 fields, where the first line has 50", at: 3 * 5000 + 1 + 2) {
      try read(lines.joined(separator: "\n"), threads: threads)
    }
  }

  /// One-hot columns, at the end by themselves, elsewhere by number.
  @Test(arguments: threads)
  func oneHotColumns(threads: Int) throws {
    func table(_ place: Int) -> [String] {
      Self.lines(
        Self.table.map { row in
          let pixels = row.dropFirst()
          return pixels.prefix(place) + (0..<10).map { $0 == row[0] ? 1 : 0 } + pixels.dropFirst(place)
        })
    }
    for (place, column) in [(49, nil), (49, LabelColumn.oneHot(50...59)), (0, .oneHot(1...10)), (20, .oneHot(21...30))]
    {
      var lines = table(place)
      let data = try read(lines.joined(separator: "\n"), threads: threads, column: column)
      expectTable(data)
      #expect(data.labels == Self.table.map { UInt16($0[0]) })
      lines[4100] = Array(repeating: "1", count: 59).joined(separator: ",")
      expectFault("are not zeros with a single 1", at: 4101) {
        try read(lines.joined(separator: "\n"), threads: threads, column: .oneHot(place + 1...place + 10))
      }
    }
  }

  @Test(arguments: threads)
  func hugeLines(threads: Int) throws {
    let side = 400
    let table = (0..<5).map { row in [row] + (0..<side * side).map { ($0 * $0 + row) % 256 * ($0 % 5 / 4) } }
    try #require(Self.lines(table)[0].utf8.count > 2 * Self.length)
    for end in ["", "\n"] {
      let data = try read(Self.lines(table).joined(separator: "\n") + end, threads: threads)
      #expect(data.count == 5 && data.labels == [0, 1, 2, 3, 4])
      #expect([UInt8](data.inputs.bytes) == table.flatMap { $0.dropFirst().map { UInt8($0) } })
    }
    var lines = Self.lines(table)
    lines[3] += ","
    expectFault("has 160002 fields", at: 4) { try read(lines.joined(separator: "\n"), threads: threads) }
  }

  private func expectFault(
    _ text: String, at line: Int, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any
  ) {
    let error = #expect(throws: FileError.self, "\(text)", sourceLocation: sourceLocation) { _ = try body() }
    #expect(
      error?.place == .line(line) && error?.message.contains(text) == true, "\(text)", sourceLocation: sourceLocation)
  }
}

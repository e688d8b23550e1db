import Testing

/// Where mnist-prepare finds the labels of tables, and which lines it takes for comments.
@Suite struct TableTests {
  private let shell: Shell

  init() throws { shell = try Shell() }

  /// Whole numbers of 0 to `maximum` that look random, the same in every run.
  private static func number(_ row: Int, _ column: Int, _ maximum: Int) -> Int {
    let mixed = (UInt64(row) &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(column) &* 0xd1b5_4a32_d192_ed03) &+ 0x1234_5678_9abc
    return Int(((mixed ^ mixed >> 31) &* 0xbf58_476d_1ce4_e5b9) >> 33) % (maximum + 1)
  }

  /// Rows of features without labels. The columns outside `inside` are always 0, as at the edges of pictures.
  private static func features(_ rows: Int, _ width: Int, _ maximum: Int, inside: Range<Int>? = nil) -> [[Int]] {
    (0..<rows).map { row in
      (0..<width).map { inside?.contains($0) == false ? 0 : number(row, $0, maximum) }
    }
  }

  private static func text(_ rows: [[some Any]], separator: String = ",", end: String = "\n") -> String {
    rows.map { $0.map { "\($0)" }.joined(separator: separator) + end }.joined()
  }

  private func prepare(_ text: String, _ options: String = "") throws -> PlainSafetensors {
    try shell.write(Array(text.utf8), to: "table")
    let result = try shell.run("mnist-prepare -q table \(options)")
    #expect(result.status == 0, "\(result.errors)")
    return try PlainSafetensors(result.outputBytes)
  }

  private func expect(
    _ text: String, _ options: String = "", pixels: [[Int]], labels: [Int]?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = try prepare(text, options)
    // Pixels of 0 and 1 become black and white.
    let level = pixels.contains { $0.contains { $0 > 1 } } ? 1 : 255
    let wanted = pixels.flatMap { $0.map { UInt8($0 * level) } }
    #expect(file.tensors["images"]?.bytes == wanted, sourceLocation: sourceLocation)
    #expect(file.tensors["labels"]?.bytes == labels?.map { UInt8($0) }, sourceLocation: sourceLocation)
  }

  private func expectRefusal(
    _ text: String, _ words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try shell.write(Array(text.utf8), to: "table")
    expectFailure(
      try shell.run("mnist-prepare table"), 65, contains: "table: ", words, "--label-column",
      sourceLocation: sourceLocation)
  }

  /// Tables as they are passed around: features or pixels of these widths and ranges, with a column of digits.
  private static let kinds: [(name: String, width: Int, maximum: Int, inside: Range<Int>?)] = [
    ("strokes", 16, 100, nil), ("small pictures", 64, 16, 1..<63), ("fifteen levels", 64, 15, 0..<63),
    ("pictures", 784, 255, 150..<640),
    ("bits", 256, 1, nil), ("wide numbers", 16, 255, nil),
  ]

  @Test(arguments: kinds.indices, [10, 25, 1200])
  func digitsFirstOrLast(kind: Int, rows: Int) throws {
    let kind = Self.kinds[kind]
    let features = Self.features(
      kind.width == 784 ? min(rows, 300) : rows, kind.width, kind.maximum, inside: kind.inside)
    let digits = features.indices.map { ($0 * 7 + 3) % 10 }
    try expect(Self.text(zip(digits, features).map { [$0] + $1 }), pixels: features, labels: digits)
    try expect(Self.text(zip(digits, features).map { $1 + [$0] }), pixels: features, labels: digits)
    // A separator at the end of each line makes no column.
    try expect(Self.text(zip(digits, features).map { $1 + [$0] }, end: ",\n"), pixels: features, labels: digits)
    try expect(
      Self.text(zip(digits, features).map { $1 + [$0] }, separator: " ", end: " \r\n"), pixels: features,
      labels: digits)
  }

  /// The first thousand lines of a sorted table are all of one class.
  @Test func sortedTables() throws {
    let features = Self.features(3000, 16, 100)
    let digits = features.indices.map { $0 / 1500 }
    try expect(Self.text(zip(digits, features).map { [$0] + $1 }), pixels: features, labels: digits)
    try expect(Self.text(zip(digits, features).map { $1 + [$0] }), pixels: features, labels: digits)
  }

  @Test func oneClass() throws {
    let features = Self.features(50, 64, 255, inside: 10..<50)
    for digit in [0, 7] {
      try expect(Self.text(features.map { [digit] + $0 }), pixels: features, labels: features.map { _ in digit })
    }
    try expectRefusal(
      Self.text(features.map { $0 + [7] }), "neither its first column nor its last is plainly the label")
    // The last column holds features, although they could be labels.
    try expectRefusal(Self.text(Self.features(1000, 16, 100).map { [3] + $0 }), "both look like labels")
  }

  @Test func names() throws {
    let features = Self.features(40, 16, 15)
    let letters = features.indices.map { ["A", "B", "C", "D"][$0 % 4] }
    let indices = features.indices.map { $0 % 4 }
    let places = [true, false]
    for isFirst in places {
      for rows in [3, 40] {
        let lines = zip(letters, features).prefix(rows).map { letter, row in
          isFirst ? [letter] + row.map(String.init) : row.map(String.init) + [letter]
        }
        try expect(Self.text(lines), pixels: Array(features[..<rows]), labels: Array(indices[..<rows]))
      }
    }
    // Flowers with four measures each make no square of sixteen, and no picture of four.
    let flowers = features.indices.map { row in
      (0..<4).map { "\(Double(Self.number(row, $0, 60)) / 10 + 0.05)" } + [["setosa", "virginica"][row % 2]]
    }
    for rows in [4, 40] {
      let file = try prepare(Self.text(Array(flowers[..<rows])))
      #expect(file.tensors["features"]?.shape == [rows, 4])
      #expect(file.tensors["labels"]?.bytes == (0..<rows).map { UInt8($0 % 2) })
    }
    // A header needn't say which column names the classes.
    for isFirst in places {
      let header = isFirst ? "kind,a,b,c,d\n" : "a,b,c,d,kind\n"
      let rows = flowers.map { isFirst ? $0.suffix(1) + $0.dropLast() : $0[...] }.map(Array.init)
      let file = try prepare(header + Self.text(rows))
      #expect(file.metadata["classes"] == "setosa virginica" && file.tensors["features"]?.shape == [40, 4])
    }
    // An error among the numbers of a table with a header stays one.
    try shell.write(Array("a,b\n1,2\n3,x\n5,6\n".utf8), to: "table")
    expectFailure(try shell.run("mnist-prepare table"), 65, contains: "line 3: field 2 is 'x', not a number")
  }

  @Test func refusals() throws {
    let small = Self.features(400, 6, 9)
    try expectRefusal(Self.text(small), "its first column and its last both look like labels")
    let measures = (0..<40).map { row in (0..<6).map { Double(Self.number(row, $0, 1000)) + 0.5 } }
    try expectRefusal(Self.text(measures), "neither its first column nor its last is plainly the label")
    // What it asks for helps.
    let file = try prepare(Self.text(measures), "--label-column none")
    #expect(file.tensors["features"]?.shape == [40, 6] && file.tensors["labels"] == nil)
    try expect(
      Self.text(small), "--label-column last --shape 1x5", pixels: small.map { Array($0[..<5]) },
      labels: small.map { $0[5] })
  }

  /// Errors in a few lines don't make another column of labels, and are told by their lines.
  @Test func strayFields() throws {
    let features = Self.features(300, 16, 200)
    var lines = features.enumerated().map { [String($0 % 10)] + $1.map(String.init) }
    for stray in ["x", ""] {
      lines[70][16] = stray
      try shell.write(Array(Self.text(lines).utf8), to: "table")
      expectFailure(try shell.run("mnist-prepare table"), 65, contains: "table: line 71: field 17 is")
    }
    lines[70][16] = "1"
    lines[80][0] = "unknown"
    let file = try prepare(Self.text(lines))
    var labels = (0..<300).map { UInt8($0 % 10) }
    labels[80] = 10
    #expect(file.tensors["labels"]?.bytes == labels)
  }

  /// Few lines tell nothing, and lines of a square number of pixels have no labels.
  @Test func whatIsNotGuessed() throws {
    let features = Self.features(9, 16, 100)
    try expect(Self.text(features.map { [200] + $0 }), pixels: features, labels: features.map { _ in 200 })
    let squares = Self.features(100, 16, 9)
    try expect(Self.text(squares), pixels: squares, labels: nil)
  }

  // MARK: One-hot columns

  private static func oneHot(_ label: Int, of count: Int) -> [Int] { (0..<count).map { $0 == label ? 1 : 0 } }

  @Test(arguments: [1, 5, 300])
  func tenColumnsAtTheEnd(rows: Int) throws {
    let bits = Self.features(rows, 256, 1)
    // The first lines, and all of few, are of one class.
    let digits = bits.indices.map { $0 / 20 % 10 }
    let lines = zip(digits, bits).map { $1 + Self.oneHot($0, of: 10) }
    try expect(Self.text(lines), pixels: bits, labels: digits)
    let written = lines.map { row in row[..<256].map { "\($0).0000" } + row[256...].map(String.init) }
    try expect(Self.text(written, separator: " ", end: " \n"), pixels: bits, labels: digits)
    try expect(Self.text(lines, end: ",\n"), pixels: bits, labels: digits)
  }

  @Test func otherNumbersOfColumns() throws {
    for classes in [2, 3, 4, 12, 26] {
      let features = Self.features(80, 25, 255)
      let labels = features.indices.map { ($0 * 5 + 1) % classes }
      let lines = zip(labels, features).map { $1 + Self.oneHot($0, of: classes) }
      try expect(Self.text(lines), pixels: features, labels: labels)
    }
    // Ten columns need no picture before them.
    let measures = Self.features(50, 7, 255)
    let file = try prepare(
      Self.text(measures.enumerated().map { $1 + Self.oneHot($0 % 10, of: 10) }))
    #expect(file.tensors["features"]?.shape == [50, 7])
    #expect(file.tensors["labels"]?.bytes == measures.indices.map { UInt8($0 % 10) })
  }

  @Test func oneHotColumnsByNumber() throws {
    let features = Self.features(30, 16, 255)
    let labels = features.indices.map { $0 % 3 }
    for place in [0, 5, 16] {
      let lines = zip(labels, features).map { label, row in
        row[..<place] + Self.oneHot(label, of: 3) + row[place...]
      }
      let text = Self.text(lines.map(Array.init))
      try expect(text, "--label-column \(place + 1)-\(place + 3)", pixels: features, labels: labels)
      let header = (1...19).map { "c\($0)" }.joined(separator: ",") + "\n"
      try expect(header + text, "--label-column \(place + 1)-\(place + 3)", pixels: features, labels: labels)
    }
    try shell.write(Array(Self.text(features).utf8), to: "table")
    expectFailure(
      try shell.run("mnist-prepare table --label-column 15-17"), 65, contains: "has 16 columns, no column 17")
    // Such a name of a header goes first.
    let named = "1-2,a,b,c,d\n7,1,2,3,4\n"
    try expect(named, "--label-column 1-2", pixels: [[1, 2, 3, 4]], labels: [7])
    // Labels alone.
    try shell.write(Array(Self.text(labels.map { Self.oneHot($0, of: 3) }).utf8), to: "labels")
    let answers = "--labels labels --label-column 1-3"
    try shell.write(Samples.idx(8, [30, 4, 4], features.flatMap { $0.map { UInt8($0) } }), to: "images")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q images \(answers)").outputBytes)
    #expect(file.tensors["labels"]?.bytes == labels.map { UInt8($0) })
  }

  @Test(arguments: ["0,0,0", "1,0,1", "0,2,0", "0,0.5,0", "0,x,0", "0,,1"])
  func notOneHot(_ fields: String) throws {
    try shell.write(Array("# bad\n1,2,3,4,0,0,1\n\n5,6,7,8,\(fields)\n".utf8), to: "table")
    expectFailure(
      try shell.run("mnist-prepare table --label-column 5-7"), 65, contains: "table: line 4: fields 5 to 7")
  }

  // MARK: Comments

  @Test(arguments: ["\n", "\r\n", "\r"])
  func comments(end: String) throws {
    let (pixels, labels) = ([[1, 2, 3, 4], [5, 6, 7, 8]], [7, 0])
    for lines in [
      ["# made by hand; in a hurry", "7,1,2,3,4", "0,5,6,7,8"],
      ["# one, two", "#", "", "7,1,2,3,4", "#0,1,1,1,1", "0,5,6,7,8", "# it's the \"end"],
      ["7 1 2 3 4", "  # between, indented", "0 5 6 7 8"], ["# a b", "7;1;2;3;4", "0;5;6;7;8"],
      ["# tells what is below", "label,a,b,c,d", "# \"", "7,1,2,3,4", "0,5,6,7,8"],
      ["sep=|", "# a,b", "7|1|2|3|4", "0|5|6|7|8"],
    ] {
      let text = lines.joined(separator: end)
      try expect(text, pixels: pixels, labels: labels)
      try expect("\u{feff}" + text + end, pixels: pixels, labels: labels)
    }
    // In quotes it is no comment.
    let file = try prepare("\"#\",1,2,3,4\na,5,6,7,8\n")
    #expect(file.tensors["labels"]?.bytes == [0, 1])
  }

  /// NumPy's savetxt writes a header as a comment.
  @Test func headersInComments() throws {
    let (pixels, labels) = ([[1, 2, 3, 4], [5, 6, 7, 8]], [7, 0])
    for text in [
      "# a,b,c,d,label\n1,2,3,4,7\n5,6,7,8,0\n", "#a,b,label,c,d\n1,2,7,3,4\n5,6,0,7,8\n",
      "# a b c d digit\n1.0e+00 2.0e+00 3.0e+00 4 7.0\n5 6 7 8 0\n",
      "# some words, and more\n#\n# a\tb\tc\td\ty\n1\t2\t3\t4\t7\n5\t6\t7\t8\t0\n",
      "#,a,b,c,d,target\n0,1,2,3,4,7\n1,5,6,7,8,0\n", "# a,b,c,d,label\n1,2,3,4,7,\n5,6,7,8,0,\n",
    ] {
      try expect(text, pixels: pixels, labels: labels)
    }
    try expect("# a,b,c,d,e\n1,2,3,4,7\n5,6,7,8,0\n", "--label-column e", pixels: pixels, labels: labels)
    // Of another number of fields, it is only a comment.
    try expect("# label,b\n7,1,2,3,4\n0,5,6,7,8\n", pixels: pixels, labels: labels)
    try shell.write(Samples.idx(8, [3, 1, 1], [1, 2, 3]), to: "images")
    for comment in ["# label", "# the labels", "# made by hand"] {
      try shell.write(Array("\(comment)\n4\n5\n# more\n6\n".utf8), to: "answers")
      let file = try PlainSafetensors(shell.run("mnist-prepare -q images answers").outputBytes)
      #expect(file.tensors["labels"]?.bytes == [4, 5, 6], "\(comment)")
    }
  }

  @Test func commentsAlone() throws {
    try shell.write(Array("# 1,2\n# 3,4\n".utf8), to: "table")
    expectFailure(try shell.run("mnist-prepare table --from csv"), 65, contains: "table: holds no lines")
    expectFailure(try shell.run("mnist-prepare table"), 65, contains: "table: ")
  }

  /// A comment in a list of pictures may be a name.
  @Test func listsOfPicturesHaveNoComments() throws {
    try shell.output(
      of: """
        mnist-prepare -q --synthetic 2 --seed 1 -o drawn.safetensors
        mnist-prepare -q drawn.safetensors --to png -o drawn
        mkdir list; for each in drawn/*/*.png; do cp "$each" "list/#${each##*/}"; done
        ls list | sed 's/$/\t3/' >labels.tsv; mv labels.tsv list
        """)
    let file = try PlainSafetensors(shell.run("mnist-prepare -q list").outputBytes)
    #expect(file.tensors["labels"]?.bytes == [3, 3])
  }
}

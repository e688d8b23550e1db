import Testing

/// Tables as spreadsheets write them.
@Suite struct SpreadsheetTests {
  private let shell: Shell

  init() throws { shell = try Shell() }

  private func prepare(_ text: String, _ options: String = "") throws -> PlainSafetensors {
    try shell.write(Array(text.utf8), to: "table.csv")
    let result = try shell.run("mnist-prepare -q table.csv \(options)")
    #expect(result.status == 0, "\(result.errors)")
    return try PlainSafetensors(result.outputBytes)
  }

  /// Lines of a label and two numbers that are no pixels.
  private static func lines(_ separator: String, point: String) -> [String] {
    (0..<12).map { row in ["\(row % 3)", "\(row)\(point)5", "-0\(point)2\(row)e1"].joined(separator: separator) }
  }

  @Test(arguments: [";", "\t", "|"], ["", "label;a;b", "sep="])
  func decimalCommas(_ separator: String, _ top: String) throws {
    let header = top.replacing(";", with: separator) + (top == "sep=" ? separator : "")
    func text(_ point: String) -> String {
      ([header] + Self.lines(separator, point: point)).filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n"
    }
    let wanted = try prepare(text("."))
    #expect(wanted.tensors["features"]?.floats.prefix(4) == [0.5, -2, 1.5, -2.1])
    #expect(wanted.tensors["labels"]?.bytes.prefix(4) == [0, 1, 2, 0])
    #expect(try prepare(text(",")).tensors == wanted.tensors)
    let quoted = Self.lines(separator, point: ",").map { line in
      line.components(separator).map { "\"\($0)\"" }.joined(separator: separator)
    }
    let first = top == "sep=" ? header + "\n" : ""
    #expect(try prepare(first + quoted.joined(separator: "\n")).tensors == wanted.tensors)
  }

  /// Commas that stand between fields are never taken for points.
  @Test func commasBetweenFields() throws {
    #expect(try prepare("1,5\n2,6\n").tensors["features"] == nil)
    let table = try prepare("label,a,b\n0,5,25\n1,7,75\n")
    #expect(table.tensors["labels"]?.bytes == [0, 1])
    // A semicolon in a comment or a name of a table with commas changes nothing.
    let names = try prepare("label,a;b,c\n0,0.5,1\n1,0.25,2\n")
    #expect(names.tensors["features"]?.floats == [0.5, 1, 0.25, 2])
  }

  /// The rarer of points and commas is an error of its line, for it may part thousands.
  @Test func bothMarks() throws {
    try shell.write(Array("label;a\n0;0,5\n1;1.234\n2;0,75\n".utf8), to: "table.csv")
    expectFailure(
      try shell.run("mnist-prepare table.csv"), 65, contains: "table.csv: line 3: field 2 is '1.234', not a number")
  }

  @Test func wideQuotedAndCompressed() throws {
    let pixels = (0..<2 * 5041).map { $0 * 7 % 256 }
    let header = (["label"] + (0..<5041).map { "pixel\($0)" }).map { "\"\($0)\"" }
    let rows = (0..<2).map { row in ([row + 3] + pixels[row * 5041..<(row + 1) * 5041]).map { "\"\($0)\"" } }
    let text = ([header] + rows).map { $0.joined(separator: ";") }.joined(separator: "\r\n")
    let wanted = PlainSafetensors.Tensor(type: "U8", shape: [2, 71, 71], bytes: pixels.map { UInt8($0) })
    #expect(try prepare(text).tensors["images"] == wanted)
    try shell.output(of: "gzip table.csv")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q table.csv.gz").outputBytes)
    #expect(file.tensors["images"] == wanted && file.tensors["labels"]?.bytes == [3, 4])
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

import Foundation
import Testing

/// The pictures and the page that nn-eval makes.
struct SeeingTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(300)
    try shell.makeDigits(80, seed: 2, name: "test")
    try shell.output(
      of: """
        nn-init 784 12 10 -o start.safetensors
        nn-train -q start.safetensors --data data.safetensors --epochs 2 --validation 0.2 --log log.tsv -o model.safetensors
        """)
  }

  private static let command = "nn-eval model.safetensors --data test.safetensors"
  private static let all =
    "--confusion-png confusion.png --errors-png errors.png --weights-png weights.png --report report.html --log log.tsv"

  private func size(ofPNG name: String) throws -> (Int, Int) {
    let bytes = try shell.read(name)
    #expect(bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) && bytes.suffix(8).starts(with: Array("IEND".utf8)))
    func big(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (big(16), big(20))
  }

  /// Each kind of output is the same with and without, and the pictures are there.
  @Test(arguments: ["", "--json", "--confusion", "--errors", "-o out"])
  func besideTheOutput(_ options: String) throws {
    let expected = try shell.output(of: "\(Self.command) \(options)")
    let kept = options == "-o out" ? try shell.read("out") : []
    let result = try shell.run("\(Self.command) \(options) \(Self.all)")
    #expect(result.status == 0 && result.errors == "" && result.output == expected)
    if options == "-o out" { #expect(try shell.read("out") == kept) }
    for name in ["confusion.png", "errors.png", "weights.png"] {
      let (width, height) = try size(ofPNG: name)
      #expect((300...2000).contains(width) && (100...3000).contains(height))
    }
    let page = String(decoding: try shell.read("report.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
  }

  @Test func theSameBytesInEveryRun() throws {
    try shell.output(of: "\(Self.command) \(Self.all)")
    let names = ["confusion.png", "errors.png", "weights.png", "report.html"]
    let first = try names.map(shell.read)
    try shell.output(of: "cat model.safetensors | nn-eval - -q --threads 3 --data test.safetensors \(Self.all)")
    // The page names the model as it was given.
    let second = try names.map(shell.read)
    #expect(second.prefix(3) == first.prefix(3))
    #expect(String(decoding: second[3], as: UTF8.self).contains("<h1>standard input</h1>"))
  }

  @Test func features() throws {
    try shell.write(Samples.features([[1, 0], [0, 1]], labels: [0, 1]), to: "features")
    try shell.write(Samples.model(weights: [[1, 0], [2, 0]], biases: [0, 0]), to: "small")
    expectFailure(
      try shell.run("nn-eval small --data features --errors-png errors.png"), 64,
      contains: "--errors-png errors.png is for pictures, and features holds features")
    try shell.output(of: "nn-eval small --data features --confusion-png c.png --weights-png w.png --report r.html")
    #expect(!String(decoding: try shell.read("r.html"), as: UTF8.self).contains("<ul class=\"gallery\">"))
    #expect(try !shell.names.contains("errors.png"))
  }

  @Test(arguments: [
    ("--report r.html model.safetensors", "are of one model, or of an --ensemble, and 2 are named"),
    ("--weights-png -", "--weights-png takes the name of a file"), ("--report ''", "--report takes the name of a file"),
    ("--errors-png a --confusion-png a", "name the same file"), ("--report a -o a", "name the same file"),
    ("--log log.tsv", "--log needs --report FILE"),
    ("--log - --report a - <model.safetensors", "are of one model"),
  ])
  func wrongUse(_ options: String, _ fault: String) throws {
    let result = try shell.run("\(Self.command) \(options)")
    expectFailure(result, 64, contains: fault)
    #expect(result.output == "")
  }

  /// Nothing is written if not all can be.
  @Test func whatCantBeWritten() throws {
    let before = try shell.names
    expectFailure(
      try shell.run("\(Self.command) --confusion-png c.png --report none/r.html"), 73, contains: "none/r.html: ")
    expectFailure(try shell.run("\(Self.command) --report r.html --log none.tsv"), 66, contains: "none.tsv: ")
    try shell.output(of: "printf '1\\t2\\n' >>log.tsv")
    expectFailure(
      try shell.run("\(Self.command) --confusion-png c.png --report r.html --log log.tsv"), 65,
      contains: "log.tsv: line 4: has 2 fields, not 8")
    try shell.output(of: "head -n 1 log.tsv >empty.tsv; rm log.tsv")
    try shell.output(of: "\(Self.command) --report r.html --log empty.tsv")
    #expect(String(decoding: try shell.read("r.html"), as: UTF8.self).contains("The log has no lines yet."))
    #expect(try Set(shell.names) == Set(before).subtracting(["log.tsv"]).union(["empty.tsv", "r.html"]))
  }

  @Test(.enabled(if: Python.hasPillow, "needs Pillow"))
  func picturesInPillow() throws {
    try shell.output(of: "\(Self.command) \(Self.all)")
    try Python.run(
      """
      from PIL import Image
      for name in ["confusion.png", "errors.png", "weights.png"]:
        image = Image.open(name)
        image.load()
        assert image.mode == "RGB" and len(image.getcolors(1 << 24)) > 20, name
      """, in: shell)
  }
}

import Foundation
import Testing

/// nn-train --plot, and the curve on a terminal.
struct PlotTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(250)
    try shell.output(of: "nn-init 784 20 10 --seed 3 -o start.safetensors")
  }

  private static let command = "nn-train start.safetensors --data data.safetensors -q -o new.safetensors"

  private func svg(_ name: String) throws -> String { String(decoding: try shell.read(name), as: UTF8.self) }

  @Test func byTheEnding() throws {
    try shell.output(of: "\(Self.command) --epochs 3 --validation 0.2 --plot curve.svg --log log.tsv")
    let curve = try svg("curve.svg")
    #expect(curve.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=") && curve.hasSuffix("</svg>\n"))
    #expect(curve.contains(">training</text>") && curve.contains(">validation</text>"))
    // Two curves of three points in each of two diagrams.
    #expect(curve.matches(of: /<circle class="(first|second)"/).count == 12)
    let last = try #require(table(String(decoding: shell.read("log.tsv"), as: UTF8.self)).last)
    let loss = String(format: "%.4f", try #require(Double(last[2])))
    #expect(curve.contains("to \(loss) and accuracy"))
    for name in ["curve.png", "CURVE.PNG"] {
      try shell.output(of: "\(Self.command) --epochs 1 --plot \(name)")
      #expect(try shell.read(name).starts(with: [0x89, 0x50, 0x4e, 0x47]))
    }
    #expect(try !shell.names.contains { $0.hasSuffix(".tmp") })
  }

  @Test func everySoManySteps() throws {
    try shell.output(of: "\(Self.command) --iterations 12 --log-every 3 --plot curve.svg")
    #expect(try svg("curve.svg").matches(of: /<circle class="first"/).count == 2 * 4)
    // The model is the same.
    let plotted = try shell.read("new.safetensors")
    try shell.output(of: "\(Self.command) --iterations 12")
    #expect(try shell.read("new.safetensors") == plotted)
  }

  /// How it came to that is what one wants to see.
  @Test func divergence() throws {
    let result = try shell.run("\(Self.command) --optimizer sgd --learning-rate 1e38 --log-every 1 --plot curve.svg")
    expectFailure(result, 3, contains: "training diverged")
    #expect(try svg("curve.svg").contains("<circle class=\"first\""))
    #expect(try !shell.names.contains("new.safetensors"))
  }

  @Test(
    arguments: [
      ("--plot curve.jpg", 64, "--plot takes a name that ends in .png or .svg, not 'curve.jpg'"),
      ("--plot curve", 64, ".png or .svg"), ("--plot -", 64, ".png or .svg"),
      ("--plot a.svg --log a.svg", 64, "name the same file"), ("--plot a.svg -o a.svg", 64, "given twice"),
      ("--log-every 3", 64, "--log-every needs --log FILE or --plot FILE"), ("--plot none/a.svg", 73, "none/a.svg: "),
    ] as [(String, Int32, String)])
  func whatCantBePlotted(_ options: String, _ status: Int32, _ fault: String) throws {
    let before = try shell.names
    expectFailure(try shell.run("\(Self.command) \(options)"), status, contains: fault)
    #expect(try shell.names == before)
  }

  /// The progress bar shows the loss and its curve, where the terminal can, and nowhere else.
  @Test(.enabled(if: Shell.has("script"), "needs script(1)"))
  func sparkline() throws {
    try shell.output(of: "nn-init 784 256 10 -o wide.safetensors")
    let train = "nn-train wide.safetensors --data data.safetensors --threads 1 --epochs 300 -o new.safetensors"
    func seen(_ options: String, locale: String) throws -> String {
      try shell.write(Array("\(train) \(options)".utf8), to: "train.sh")
      #if os(Linux)
        let script = "script -qc 'sh train.sh' /dev/null"
      #else
        let script = "script -q /dev/null sh train.sh"
      #endif
      return try shell.output(of: script, environment: ["LC_ALL": locale])
    }
    let blocks = /%, \d+ s left  loss \d\.\d{4} [▁▂▃▄▅▆▇█ ]*█/
    #expect(try seen("", locale: "C.UTF-8").firstMatch(of: blocks) != nil)
    let plain = try seen("", locale: "C")
    #expect(plain.contains(" s left  loss ") && plain.utf8.allSatisfy { $0 < 128 })
    #expect(try !seen("-q", locale: "C.UTF-8").contains("loss"))
    #expect(try shell.run(train).errors.contains("loss") && !shell.run(train).errors.contains("█"))
  }
}

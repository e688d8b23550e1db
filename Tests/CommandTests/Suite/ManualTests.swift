import Foundation
import Testing

/// The manual says what is so: its options are the tools', its examples run, its Python reads the files.
@Suite struct ManualTests {
  @Test("Help, manual and completions name the same options", arguments: ManualPage.tools)
  func options(of page: ManualPage) throws {
    let shell = try Shell()
    let help = try shell.run("\(page.name) --help")
    let completions = try shell.run("\(page.name) --generate-completion-script bash")
    #expect(help.status == 0 && completions.status == 0)
    let known = Options.inHelp(help.output)
    #expect(known.isSuperset(of: ["-q", "--quiet", "-o", "--output", "-h", "--help", "--version"]))
    #expect(page.options == known)
    #expect(Options.inCompletions(completions.output) == known)
  }

  @Test("Every option stands in the synopsis, by its long or its short name", arguments: ManualPage.tools)
  func synopsis(of page: ManualPage) throws {
    let synopsis = Options.inMacros(page.section("SYNOPSIS"))
    #expect(synopsis.isSubset(of: page.options))
    #expect(page.options.subtracting(synopsis) == ["--quiet", "--output", "-h", "--help", "--version"])
  }

  @Test("Examples run", arguments: (ManualPage.tools + [ManualPage("nn-tools", section: 7)]).flatMap(\.examples))
  func run(_ example: ManualPage.Example) throws {
    let shell = try Shell()
    try shell.writeManualSamples()
    try shell.write(Array(example.script.utf8), to: "example.sh")
    let result = try shell.run("sh -eu example.sh")
    #expect(result.status == 0, "\(example.script)\(result.errors)")
    #expect(ManualPage.complaints(in: result.errors) == [])
  }

  @Test("Each tool's page has examples", arguments: ManualPage.tools)
  func hasExamples(_ page: ManualPage) {
    #expect(page.examples.count >= 3)
    #expect(page.examples.allSatisfy { $0.script.contains(page.name) })
  }

  @Test("mandoc finds nothing to warn of", .enabled(if: Shell.has("mandoc")), arguments: ManualPage.all)
  func lint(_ page: ManualPage) throws {
    let result = try Shell().run("mandoc -T lint -W warning '\(page.path)'")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test("The Python reader reads", .enabled(if: Shell.has("python3")))
  func pythonReader() throws {
    let reader = try #require(ManualPage("nn-tools-formats", section: 5).examples.first).script
    #expect(reader.split(separator: "\n").count == 10)
    let shell = try Shell()
    try shell.writeManualSamples()
    try shell.write(Array(reader.utf8), to: "reader.py")

    let data = try shell.run("python3 reader.py test.safetensors")
    #expect(data.status == 0, "\(data.errors)")
    #expect(
      data.output.hasPrefix(
        "{'format': 'nn-data', 'version': '1', 'scale': '1/255', 'classes': '0 1 2 3 4 5 6 7 8 9', "))
    let label = Samples.digits(60, seed: 2).labels[8]
    #expect(data.output.hasSuffix("}\nimages U8 [60, 28, 28] 0\nlabels U8 [60] \(label)\n"))

    let model = try shell.run("python3 reader.py digits.safetensors")
    #expect(model.status == 0, "\(model.errors)")
    let lines = model.output.split(separator: "\n")
    #expect(lines.count == 5 && lines[0].contains("'dimensions': '784 16 10', 'activations': 'relu softmax'"))
    let shapes = lines.dropFirst().map { $0.split(separator: " ").dropLast().joined(separator: " ") }
    #expect(shapes == ["0.bias F32 [16]", "0.weight F32 [16, 784]", "2.bias F32 [10]", "2.weight F32 [10, 16]"])
    // The first tensor's first element, at the place that the page tells.
    let bytes = try shell.read("digits.safetensors")
    let length = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let bits = bytes[(8 + length)..<(12 + length)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let first = try #require(lines[1].split(separator: " ").last.flatMap { Double($0) })
    #expect(Float(first).bitPattern == bits)
  }
}

/// A page in `man`.
struct ManualPage: CustomTestStringConvertible {
  /// A script among the examples.
  struct Example: CustomTestStringConvertible {
    let page: String
    /// The sentence before it.
    let title: String
    let script: String

    var testDescription: String { "\(page): \(title)" }
  }

  let name: String
  let path: String
  private let lines: [String]

  init(_ name: String, section: Int) {
    self.name = name
    path = "\(Project.root)/man/man\(section)/\(name).\(section)"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  static let tools = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"].map {
    ManualPage($0, section: 1)
  }
  static let course = ManualPage("nn-tools-course", section: 7)
  static let all = tools + [ManualPage("nn-tools-formats", section: 5), ManualPage("nn-tools", section: 7), course]

  /// What tools complain of on standard error. A pipe's status doesn't tell of all its commands; but examples let
  /// training diverge on purpose.
  static func complaints(in errors: String) -> [Substring] {
    errors.split(separator: "\n").filter { line in
      tools.contains { line.hasPrefix("\($0.name): ") } && !line.contains("training diverged")
    }
  }

  var testDescription: String { name }

  /// The lines of a section, without its heading.
  func section(_ title: String) -> [String] {
    lines.drop { $0 != ".Sh \(title)" }.dropFirst().prefix { !$0.hasPrefix(".Sh") }
  }

  /// The options that have an entry.
  var options: Set<String> { Options.inMacros(lines.filter { $0.hasPrefix(".It Fl") }) }

  /// The literal displays among the examples.
  var examples: [Example] { displays(in: section("EXAMPLES"), offset: "indent") }
  /// The commands of the whole page, in their order.
  var commands: [Example] { displays(in: lines, offset: "indent") }
  /// What the commands print, formulas and figures: displays that are indented further.
  var outputs: [String] { displays(in: lines, offset: "indent-two").map(\.script) }

  private func displays(in lines: [String], offset: String) -> [Example] {
    let starts = lines.indices.filter { lines[$0] == ".Bd -literal -offset \(offset)" }
    return starts.map { start in
      let script = lines[(start + 1)...].prefix { $0 != ".Ed" }.map { $0.replacing("\\e", with: "\\") + "\n" }
      return Example(page: name, title: lines[start - 1], script: script.joined())
    }
  }

  /// The rows of the tables of a section, each of its cells.
  func tableRows(in title: String) -> [[String]] {
    section(title).filter { $0.hasPrefix(".It ") && $0.contains(" Ta ") }.map { row in
      row.dropFirst(4).components(separatedBy: " Ta ").map { $0.replacing("Pa ", with: "") }
    }
  }
}

/// Names of options, with their dashes, as each place writes them.
private enum Options {
  static func inHelp(_ text: String) -> Set<String> {
    let entries = text.split(separator: "\n").filter { $0.hasPrefix("  -") }
    return Set(
      entries.flatMap { entry in
        entry.dropFirst(2).prefix { $0 != "<" }.split(separator: "  ")[0]
          .split { $0 == "," || $0 == "/" }.map { $0.trimmingCharacters(in: .whitespaces) }
      })
  }

  /// `Fl q` is `-q`, and `Fl Fl quiet` is `--quiet`.
  static func inMacros(_ lines: [String]) -> Set<String> {
    Set(
      lines.flatMap { line in
        line.matches(of: /Fl (Fl )?([a-z0-9-]+)/).map { ($0.output.1 == nil ? "-" : "--") + $0.output.2 }
      })
  }

  static func inCompletions(_ script: String) -> Set<String> {
    let list = script.firstMatch(of: /_words '(-.*)'/)
    return Set(list.map { $0.output.1.split(separator: " ").map(String.init) } ?? [])
  }
}

extension Shell {
  /// The files that the examples of the manual work on, few and small.
  func writeManualSamples() throws {
    for (prefix, count, seed) in [("train", 300, 1), ("t10k", 60, 2)] {
      let (images, labels) = Samples.digits(count, seed: seed)
      try write(images, to: "\(prefix)-images-idx3-ubyte")
      try write(labels, to: "\(prefix)-labels-idx1-ubyte")
    }
    try write(Pickle.parts(counts: [200, 50, 50]), to: "mnist.pkl")
    let result = try run(
      """
      set -eu
      gzip *-ubyte mnist.pkl
      mnist-prepare . --part train -o train.safetensors
      mnist-prepare . --part test -o test.safetensors
      nn-init 784 16 10 | nn-train --data train.safetensors --epochs 5 -o digits.safetensors
      mnist-prepare test.safetensors --take 20 --to png -o pictures
      mnist-prepare test.safetensors --to png -o all
      cp "$(find all/7 -name '*.png' | head -n 1)" seven.png
      rm -r all
      """)
    try #require(result.status == 0, "\(result.errors)")
  }
}

/// Pickles as Python 2's cPickle writes `mnist.pkl`, in protocol 2.
private enum Pickle {
  /// A tuple of pairs: images, pixels k as 32-bit k/256, and labels as 64-bit integers.
  static func parts(counts: [Int]) -> [UInt8] {
    let pairs = counts.enumerated().flatMap { seed, count in
      let (images, labels) = Samples.digits(count, seed: 10 + seed)
      let pixels = images.dropFirst(16).flatMap { littleEndian((Float($0) / 256).bitPattern) }
      let answers = labels.dropFirst(8).flatMap { littleEndian(Int64($0)) }
      return array("f4", shape: [count, 784], pixels) + array("i8", shape: [count], answers) + [0x86]
    }
    return [0x80, 2] + pairs + [0x87] + Array(".".utf8)
  }

  /// `_reconstruct(ndarray, (0,), 'b')` with the state (1, shape, dtype, False, data).
  private static func array(_ type: String, shape: [Int], _ data: [UInt8]) -> [UInt8] {
    let empty =
      global("numpy.core.multiarray", "_reconstruct") + global("numpy", "ndarray")
      + [UInt8(ascii: "K"), 0, 0x85] + string("b") + [0x87] + Array("R".utf8)
    let sizes = shape.flatMap { integer($0) } + [UInt8(0x84 + shape.count)]
    // The dtype's state: version 3, order of bytes, no fields, and sizes that only structures have.
    let dtype =
      global("numpy", "dtype") + string(type) + integer(0) + integer(1) + [0x87] + Array("R(".utf8) + integer(3)
      + string("<") + Array("NNN".utf8) + integer(-1) + integer(-1) + integer(0) + Array("tb".utf8)
    let bytes = [UInt8(ascii: "T")] + littleEndian(Int32(data.count)) + data
    return empty + Array("(".utf8) + integer(1) + sizes + dtype + [0x89] + bytes + Array("tb".utf8)
  }

  private static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }
  private static func string(_ text: String) -> [UInt8] {
    [UInt8(ascii: "U"), UInt8(text.utf8.count)] + Array(text.utf8)
  }
  private static func integer(_ value: Int) -> [UInt8] { [UInt8(ascii: "J")] + littleEndian(Int32(value)) }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}

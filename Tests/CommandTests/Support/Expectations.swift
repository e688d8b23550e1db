import Foundation
import Testing

private let tools = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"]

/// Expects the exit status and exactly one line on standard error, `tool: …`, that holds all `parts`.
func expectFailure(
  _ result: Shell.Result, _ status: Int32, contains parts: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  let errors = result.errors
  #expect(result.status == status, "\(errors)", sourceLocation: sourceLocation)
  #expect(
    errors.hasSuffix("\n") && errors.count { $0.isNewline } == 1, "one line: \(errors)", sourceLocation: sourceLocation)
  #expect(tools.contains { errors.hasPrefix("\($0): ") }, "tool: …: \(errors)", sourceLocation: sourceLocation)
  for part in parts { #expect(errors.contains(part), "\(part): \(errors)", sourceLocation: sourceLocation) }
}

/// Expects the end that a tool comes to, without a word, when nobody reads what it writes.
func expectClosedPipe(_ result: Shell.Result, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(result.status == 128 + SIGPIPE, sourceLocation: sourceLocation)
  #expect(result.errors == "", sourceLocation: sourceLocation)
}

extension Shell {
  /// All that is in the directory, hidden files too.
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
  }

  /// Runs what is expected to do well and to complain of nothing, and returns what it prints.
  @discardableResult
  func output(
    of script: String, environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try run(script, environment: environment)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    return result.output
  }

  /// Writes IDX files of digits, `NAME.images` and `NAME.labels`, and the data file `NAME.safetensors`.
  func makeDigits(_ count: Int, seed: Int = 1, name: String = "data") throws {
    let digits = Samples.digits(count, seed: seed)
    try write(digits.images, to: "\(name).images")
    try write(digits.labels, to: "\(name).labels")
    try output(of: "mnist-prepare -q \(name).images \(name).labels -o \(name).safetensors")
  }

  /// Runs a script on a terminal, its errors and status apart; `output` is what the terminal was sent.
  func runOnTerminal(_ script: String, environment: [String: String] = [:]) throws -> Result {
    try write(Array("(\(script)) 2>terminal.errors; echo $? >terminal.status".utf8), to: "terminal.sh")
    #if os(Linux)
      let terminal = try run("script -qc 'sh terminal.sh' /dev/null", environment: environment)
    #else
      let terminal = try run("script -q /dev/null sh terminal.sh", environment: environment)
    #endif
    defer {
      for name in ["sh", "errors", "status"] {
        try? FileManager.default.removeItem(atPath: "\(directory)/terminal.\(name)")
      }
    }
    let status = String(decoding: try read("terminal.status"), as: UTF8.self).trimmingCharacters(in: .newlines)
    let errors = String(decoding: try read("terminal.errors"), as: UTF8.self)
    // A terminal ends lines by two characters.
    let output = terminal.output.replacing("\r\n", with: "\n")
    return Result(status: Int32(status) ?? -1, errors: errors, outputBytes: Array(output.utf8))
  }
}

/// The tab-separated fields of each line.
func table(_ text: String) -> [[String]] {
  text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
}

/// The values of `name<TAB>value` lines.
func values(_ text: String) -> [String: Double] {
  Dictionary(uniqueKeysWithValues: table(text).compactMap { fields in Double(fields[1]).map { (fields[0], $0) } })
}

func isClose(_ left: Double, _ right: Double, relative tolerance: Double) -> Bool {
  abs(left - right) <= tolerance * max(abs(left), abs(right))
}

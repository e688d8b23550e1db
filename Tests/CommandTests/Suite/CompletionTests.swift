import Testing

/// Completions in real shells on a pseudo-terminal.
struct CompletionTests {
  private static let tools = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"]
  private static let shells = Shell.has("python3") ? ["bash", "zsh", "fish"].filter { Shell.has($0) } : []

  @Test("Every option, value and file name is completed", arguments: shells)
  func completes(_ name: String) throws {
    let shell = try Shell()
    let driver = "\(Project.root)/Tests/Fixtures/complete.py"
    let result = try shell.run("python3 '\(driver)' \(name) \(Self.tools.joined(separator: " "))")
    print(result.output)
    let lines = table(result.output)
    #expect(result.status == 0, "\(result.errors)")
    #expect(lines.filter { $0.last != "ok" } == [])
    for tool in Self.tools { #expect(lines.contains { $0[1] == tool }) }
  }

  @Test(arguments: tools) func unknownShell(_ tool: String) throws {
    expectFailure(try Shell().run("\(tool) --generate-completion-script tcsh"), 64, contains: "bash, zsh or fish")
  }
}

import Testing

/// What tools do when a person sits at the other end.
@Suite(.enabled(if: Shell.has("script"), "needs script(1)"))
struct TerminalTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(50)
    try shell.output(of: "nn-init 784 10 -o model.safetensors")
  }

  @Test(arguments: [
    "nn-init 784 10", "nn-init 784 10 -o -", "nn-train model.safetensors --data data.safetensors",
    "nn-train --data data.safetensors <model.safetensors", "mnist-prepare data.images data.labels",
    "nn-eval model.safetensors --data data.safetensors --calibrate",
  ])
  func binaryOutputIsRefused(_ command: String) throws {
    expectFailure(try shell.runOnTerminal(command), 64, contains: "standard output is a terminal: give -o FILE")
  }

  @Test(arguments: [
    "nn-train --data data.safetensors", "nn-train - --data data.safetensors -o new.safetensors",
    "nn-train model.safetensors --data -", "nn-eval --data data.safetensors", "nn-predict --data data.safetensors",
    "nn-predict --model model.safetensors - -o answers", "mnist-prepare - -o new.safetensors",
  ])
  func inputIsNotAwaited(_ command: String) throws {
    expectFailure(try shell.runOnTerminal(command), 64, contains: "standard input is a terminal")
  }

  @Test func textMayGoThere() throws {
    #expect(try shell.runOnTerminal("nn-eval model.safetensors --data data.safetensors").status == 0)
    #expect(try shell.runOnTerminal("nn-predict --model model.safetensors --data data.safetensors").status == 0)
    #expect(try shell.runOnTerminal("nn-init 784 10 -o new.safetensors").status == 0)
    #expect(try shell.runOnTerminal("nn-init 784 10 | nn-eval --data data.safetensors").status == 0)
  }
}

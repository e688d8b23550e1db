import Testing

/// nn-eval --each: several models in one table.
struct EachTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.writeEvalSamples()
  }

  private static let columns = [
    "model", "examples", "accuracy", "accuracy_low", "accuracy_high", "loss", "calibration_error", "macro_precision",
    "macro_recall", "macro_f1",
  ]

  /// Each line has what the model's own metrics have, and the lines are in the order of the operands.
  @Test(arguments: [
    ["model.safetensors", "always a.safetensors"],
    ["always a.safetensors", "model.safetensors", "always a.safetensors"], ["model.safetensors"],
  ])
  func aLineAModel(_ models: [String]) throws {
    let operands = models.map { "'\($0)'" }.joined(separator: " ")
    let rows = table(try shell.output(of: "nn-eval --each \(operands) --data data.safetensors"))
    #expect(rows.first == Self.columns && rows.dropFirst().map { $0[0] } == models)
    for (row, model) in zip(rows.dropFirst(), models) {
      let metrics = table(try shell.output(of: "nn-eval '\(model)' --data data.safetensors"))
      let values = Dictionary(uniqueKeysWithValues: metrics.map { ($0[0], $0[1]) })
      #expect(Array(row.dropFirst()) == Self.columns.dropFirst().map { values[$0] })
    }
  }

  /// A tab in a name makes no column, and a file gets the same bytes as a pipe.
  @Test func namesAndFiles() throws {
    try shell.output(of: "cp model.safetensors \"$(printf 'a\\tb')\"")
    let text = try shell.output(
      of: """
        nn-eval --each "$(printf 'a\\tb')" - --data data.safetensors <'always a.safetensors'
        """)
    #expect(table(text).map { $0[0] } == ["model", "a\\tb", "standard input"])
    #expect(table(text).allSatisfy { $0.count == Self.columns.count })
    try shell.output(
      of: """
        nn-eval --each "$(printf 'a\\tb')" - --data data.safetensors <'always a.safetensors' -o table.tsv
        """)
    #expect(try String(decoding: shell.read("table.tsv"), as: UTF8.self) == text)
  }

  @Test(arguments: [
    "--json", "--confusion", "--errors", "--ensemble", "--compare", "--calibrate", "--confusion-png c.png",
    "--errors-png e.png", "--weights-png w.png", "--report r.html",
  ])
  func whatItGoesWithout(_ option: String) throws {
    let before = try shell.names
    let models = option == "--compare" ? "model.safetensors model.safetensors" : "model.safetensors"
    let result = try shell.run("nn-eval --each \(option) \(models) --data data.safetensors")
    expectFailure(result, 64, contains: "--each goes without other ways of telling and without pictures")
    #expect(try result.output == "" && shell.names == before)
  }
}

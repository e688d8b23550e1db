import Testing

/// What nn-eval prints on a terminal: tables for a person.
@Suite(.enabled(if: Shell.has("script"), "needs script(1)"))
struct EvalTableTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.writeEvalSamples()
  }

  private static let metrics = """
    examples           7
    accuracy           0.7143 (95 % 0.3589–0.9178)
    loss               2.1525
    calibration error  0.2762

    class          precision  recall      F1  support
    a                 1.0000  0.6667  0.8000        3
    b                 0.5000  0.5000  0.5000        2
    c                 0.6667  1.0000  0.8000        2
    d                 0.0000  0.0000  0.0000        0

    macro average     0.5417  0.5417  0.5250        7

    """

  /// What a terminal of so many columns is sent.
  private func seen(_ command: String, columns: Int = 80, locale: String = "C.UTF-8") throws -> String {
    let result = try shell.runOnTerminal("stty cols \(columns); \(command)", environment: ["LC_ALL": locale])
    #expect(result.status == 0 && result.errors == "")
    return result.output
  }

  @Test func metrics() throws {
    let command = "nn-eval model.safetensors --data data.safetensors"
    #expect(try seen(command) == Self.metrics)
    #expect(try seen(command, locale: "C") == Self.metrics.replacing("–", with: "-"))
    #expect(
      try seen("nn-eval model.safetensors model.safetensors --data data.safetensors")
        == "model model.safetensors\n\n\(Self.metrics)\nmodel model.safetensors\n\n\(Self.metrics)")
  }

  /// The digits are the ones of the lines that programs read.
  @Test func digitsAreRounded() throws {
    try shell.makeDigits(300, name: "digits")
    try shell.output(
      of: "nn-init 784 9 10 | nn-train -q --data digits.safetensors --epochs 3 -o trained.safetensors")
    let command = "nn-eval trained.safetensors --data digits.safetensors"
    let values = values(try shell.output(of: command))
    let rows = try seen(command).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    func isRounded(_ text: String, _ name: String) throws -> Bool {
      try abs(#require(Double(text)) - #require(values[name])) <= 0.0000501
    }
    #expect(try isRounded(rows[1][1], "accuracy") && isRounded(rows[2][1], "loss"))
    #expect(try isRounded(rows[3][2], "calibration_error"))
    for (number, row) in rows.filter({ $0.count == 5 && $0[0].count == 1 }).enumerated() {
      #expect(row[0] == "\(number)" && Double(row[4]) == values["support.\(number)"])
      for (text, name) in zip(row[1...], ["precision", "recall", "f1"]) {
        #expect(try isRounded(text, "\(name).\(number)"))
      }
    }
    let averages = try #require(rows.last)
    #expect(averages.count == 6 && averages.prefix(2) == ["macro", "average"] && averages[5] == "300")
    for (text, name) in zip(averages[2...], ["macro_precision", "macro_recall", "macro_f1"]) {
      #expect(try isRounded(text, name))
    }
  }

  private static let models = "model.safetensors 'always a.safetensors' --data data.safetensors"

  /// Columns that a narrow terminal has no room for stand below.
  @Test func each() throws {
    let wide = try seen("nn-eval --each \(Self.models)", columns: 120)
    #expect(
      wide == """
        7 examples; precision, recall and F1 are macro averages

        model                 accuracy  95 % interval    loss  calibration error  precision  recall      F1
        model.safetensors       0.7143  0.3589–0.9178  2.1525             0.2762     0.5417  0.5417  0.5250
        always a.safetensors    0.4286  0.1582–0.7495  5.1432             0.5711     0.1071  0.2500  0.1500

        """)
    let narrow = try seen("nn-eval --each \(Self.models)", columns: 80)
    #expect(
      narrow == """
        7 examples; precision, recall and F1 are macro averages

        model                 accuracy  95 % interval    loss  calibration error
        model.safetensors       0.7143  0.3589–0.9178  2.1525             0.2762
        always a.safetensors    0.4286  0.1582–0.7495  5.1432             0.5711

        model                 precision  recall      F1
        model.safetensors        0.5417  0.5417  0.5250
        always a.safetensors     0.1071  0.2500  0.1500

        """)
  }

  @Test func comparison() throws {
    #expect(
      try seen("nn-eval --compare \(Self.models)") == """
        7 examples

        model                 accuracy  95 % interval  only this one is right
        model.safetensors       0.7143  0.3589–0.9178                       3
        always a.safetensors    0.4286  0.1582–0.7495                       1

        better   model.safetensors
        p-value  0.6250 (McNemar's exact test: may be chance)

        """)
    let same = try seen("nn-eval --compare model.safetensors model.safetensors --data data.safetensors")
    #expect(same.hasSuffix("\n\nbetter   neither\np-value  1.0000 (McNemar's exact test: may be chance)\n"))
    // Ten examples that only one model answers right: p = 2 / 1024.
    let inputs = (0..<10).map { _ in [Float(0), 1] }
    try shell.write(Samples.features(inputs, labels: inputs.map { _ in 1 }), to: "b.safetensors")
    let clear = try seen("nn-eval --compare 'always a.safetensors' model.safetensors --data b.safetensors")
    #expect(clear.hasSuffix("better   model.safetensors\np-value  0.0020 (McNemar's exact test: hardly chance)\n"))
  }

  /// Wide characters take two columns; what would command the terminal is shown.
  @Test func classNames() throws {
    let classes = ["日本", "cafe\u{301}", "x\u{1b}[2J"]
    try shell.write(
      Samples.model(weights: [[10, 0], [0, 10], [0, 0]], biases: [0, 0, 5], classes: classes), to: "named")
    #expect(
      try seen("nn-eval --confusion named --data data.safetensors") == """
        true \\ given  日本  cafe\u{301}  x\\u{1B}[2J
        日本             2     1           0
        cafe\u{301}             0     1           1
        x\\u{1B}[2J       0     0           2

        """)
  }

  /// Where a program may read, or a name is given, the lines are the same as ever.
  @Test(arguments: ["", "--confusion", "--errors", "--json", "--each", "--compare"])
  func programsGetLines(_ option: String) throws {
    let command = "nn-eval \(option) \(Self.models)"
    let lines = try shell.output(of: command)
    #expect(try seen("\(command) -o -") == lines)
    #expect(try seen("\(command) | cat") == lines)
    #expect(try seen("\(command) -o lines") == "")
    #expect(try String(decoding: shell.read("lines"), as: UTF8.self) == lines)
  }
}

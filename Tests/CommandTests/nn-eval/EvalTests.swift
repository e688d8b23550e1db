import Foundation
import Testing

/// nn-eval on a model whose answers are plain.
struct EvalTests {
  private let shell: Shell

  private static let labels = Shell.evalLabels
  private static let given = Shell.evalAnswers
  private static let probability = exp(10.0) / (exp(10.0) + exp(5.0) + 1 + exp(-90.0))
  private static let probabilityOfC = exp(5.0) / (exp(5.0) + 2 + exp(-90.0))

  init() throws {
    shell = try Shell()
    try shell.writeEvalSamples()
  }

  /// −log p of each label.
  private static let loss: Double = {
    func sum(_ first: Double, _ second: Double) -> Double { log(exp(first) + exp(second) + exp(5.0) + exp(-90.0)) }
    let (a, c) = (sum(10, 0), sum(0, 0))
    return (2 * (a - 10) + (a - 0) + (a - 10) + (c - 0) + 2 * (c - 5)) / 7
  }()

  /// All answers are in the last range of probabilities, and five of them right.
  private static let calibrationError = abs(4 * probability + 3 * probabilityOfC - 5) / 7

  @Test func metrics() throws {
    let output = try shell.output(of: "nn-eval model.safetensors --data data.safetensors")
    let names =
      ["examples", "accuracy", "loss", "calibration_error"]
      + ["a", "b", "c", "d"].flatMap { ["precision.\($0)", "recall.\($0)", "f1.\($0)"] }
      + ["accuracy_low", "accuracy_high", "macro_precision", "macro_recall", "macro_f1"]
      + ["a", "b", "c", "d"].map { "support.\($0)" }
    #expect(table(output).map { $0[0] } == names && table(output).allSatisfy { $0.count == 2 })
    let values = values(output)
    #expect(values["examples"] == 7 && table(output)[0][1] == "7")
    #expect(values["accuracy"] == 5.0 / 7)
    #expect(isClose(try #require(values["loss"]), Self.loss, relative: 1e-6))
    #expect(isClose(try #require(values["calibration_error"]), Self.calibrationError, relative: 1e-6))
    for (name, precision, recall, f1) in [
      ("a", 1, 2.0 / 3, 0.8), ("b", 0.5, 0.5, 0.5), ("c", 2.0 / 3, 1, 0.8), ("d", 0, 0, 0),
    ] {
      #expect(values["precision.\(name)"] == precision)
      #expect(values["recall.\(name)"] == recall)
      #expect(values["f1.\(name)"] == f1)
    }
  }

  /// The interval is that of scipy.stats.binomtest(5, 7).proportion_ci(method="wilson").
  @Test func intervalMacroAveragesAndSupport() throws {
    let values = values(try shell.output(of: "nn-eval model.safetensors --data data.safetensors"))
    for (name, value) in [
      ("accuracy_low", 0.3589344518), ("accuracy_high", 0.9177810760), ("macro_precision", (1 + 0.5 + 2.0 / 3) / 4),
      ("macro_recall", (2.0 / 3 + 0.5 + 1) / 4), ("macro_f1", 2.1 / 4), ("support.a", 3), ("support.d", 0),
    ] {
      #expect(isClose(try #require(values[name]), value, relative: 1e-6), "\(name)")
    }
  }

  /// A model that answers an a to everything is right on the three a's alone, of which the other model misses one.
  @Test func comparison() throws {
    let command = "nn-eval --compare --data data.safetensors"
    let lines = table(try shell.output(of: "\(command) model.safetensors 'always a.safetensors'"))
    #expect(
      lines == [
        ["examples", "7"], ["accuracy_first", "\(5.0 / 7)"], ["accuracy_second", "\(3.0 / 7)"], ["only_first", "3"],
        ["only_second", "1"], ["p_value", "0.625"], ["better", "model.safetensors"],
      ])
    let same = table(try shell.output(of: "\(command) model.safetensors model.safetensors"))
    #expect(same.suffix(2) == [["p_value", "1.0"], ["better", "-"]])
    for wrong in ["model.safetensors", "--json model.safetensors model.safetensors"] {
      #expect(try shell.run("\(command) \(wrong)").status == 64)
    }
  }

  @Test func confusion() throws {
    #expect(
      try shell.output(of: "nn-eval model.safetensors --data data.safetensors --confusion") == """
        true\ta\tb\tc\td
        a\t2\t1\t0\t0
        b\t0\t1\t1\t0
        c\t0\t0\t2\t0
        d\t0\t0\t0\t0

        """)
  }

  @Test func errors() throws {
    let rows = table(try shell.output(of: "nn-eval model.safetensors --data data.safetensors --errors"))
    #expect(rows.map { Array($0.prefix(3)) } == [["2", "a", "b"], ["4", "b", "c"]])
    for (row, probability) in zip(rows, [Self.probability, Self.probabilityOfC]) {
      #expect(row.count == 4)
      #expect(isClose(try #require(Double(row[3])), probability, relative: 1e-6))
    }
  }

  @Test func json() throws {
    let output = try shell.output(of: "nn-eval model.safetensors --data data.safetensors --json")
    #expect(output.count { $0 == "\n" } == 1 && output.hasSuffix("}\n"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    #expect(object["examples"] as? Int == 7)
    #expect(object["accuracy"] as? Double == 5.0 / 7)
    #expect(isClose(try #require(object["loss"] as? Double), Self.loss, relative: 1e-6))
    #expect(isClose(try #require(object["calibration_error"] as? Double), Self.calibrationError, relative: 1e-6))
    let bins = try #require(object["calibration"] as? [[String: Any]])
    #expect(bins.map { $0["count"] as? Int } == Array(repeating: 0, count: 14) + [7])
    #expect(bins[0]["confidence"] is NSNull && bins[0]["accuracy"] is NSNull)
    #expect(bins[14]["accuracy"] as? Double == 5.0 / 7)
    let confidence = (4 * Self.probability + 3 * Self.probabilityOfC) / 7
    #expect(isClose(try #require(bins[14]["confidence"] as? Double), confidence, relative: 1e-6))
    let classes = try #require(object["classes"] as? [[String: Any]])
    #expect(classes.map { $0["name"] as? String } == ["a", "b", "c", "d"])
    #expect(classes.map { $0["precision"] as? Double } == [1, 0.5, 2.0 / 3, 0])
    #expect(classes.map { $0["recall"] as? Double } == [2.0 / 3, 0.5, 1, 0])
    #expect(classes.map { $0["f1"] as? Double } == [0.8, 0.5, 0.8, 0])
    #expect(object["confusion"] as? [[Int]] == [[2, 1, 0, 0], [0, 1, 1, 0], [0, 0, 2, 0], [0, 0, 0, 0]])
    let errors = try #require(object["errors"] as? [[String: Any]])
    #expect(errors.map { $0["index"] as? Int } == [2, 4])
    #expect(
      errors.map { $0["label"] as? String } == ["a", "b"] && errors.map { $0["prediction"] as? String } == ["b", "c"])
    #expect(isClose(try #require(errors[0]["probability"] as? Double), Self.probability, relative: 1e-6))
    #expect(object["model"] == nil)
  }

  @Test func severalModels() throws {
    try shell.write(Samples.model(weights: [[0, 0], [0, 0], [9, 9]], biases: [0, 0, 9]), to: "other.safetensors")
    let (one, two) = (
      try shell.output(of: "nn-eval model.safetensors --data data.safetensors"),
      try shell.output(of: "nn-eval other.safetensors --data data.safetensors")
    )
    for command in [
      "nn-eval model.safetensors other.safetensors", "cat other.safetensors | nn-eval model.safetensors -",
    ] {
      let name = command.hasPrefix("cat") ? "standard input" : "other.safetensors"
      #expect(
        try shell.output(of: "\(command) --data data.safetensors")
          == "model\tmodel.safetensors\n\(one)model\t\(name)\n\(two)")
    }
    let lines = try shell.output(of: "nn-eval model.safetensors other.safetensors --data data.safetensors --json")
      .split(separator: "\n")
    #expect(
      try lines.map { try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["model"] as? String }
        == ["model.safetensors", "other.safetensors"])
    // All are checked before the first is told.
    let result = try shell.run("nn-eval model.safetensors data.safetensors --data data.safetensors")
    expectFailure(result, 65, contains: "data.safetensors: is a data file")
    #expect(result.output == "")
  }

  /// Beside the plain model one that takes a for b and b for a, but is less sure.
  @Test func ensemble() throws {
    try shell.write(
      Samples.model(
        weights: [[0, 4], [4, 0], [0, 0], [0, 0]], biases: [0, 0, 5, -90], classes: ["a", "b", "c", "d"]),
      to: "other.safetensors")
    let command = "nn-eval model.safetensors other.safetensors --data data.safetensors --ensemble"
    let output = try shell.output(of: command)
    #expect(table(output).first == ["examples", "7"])
    // The mean of both, by hand.
    func softmax(_ logits: [Double]) -> [Double] { logits.map { exp($0) / logits.reduce(0) { $0 + exp($1) } } }
    let means = [
      ([10.0, 0, 5, -90], [0.0, 4, 5, -90]), ([0, 10, 5, -90], [4, 0, 5, -90]), ([0, 0, 5, -90], [0, 0, 5, -90]),
    ]
    .map { one, two in zip(softmax(one), softmax(two)).map { ($0 + $1) / 2 } }
    let loss = zip(Self.given, Self.labels).reduce(0) { $0 - log(means[$1.0][Int($1.1)]) } / 7
    #expect(isClose(try #require(values(output)["loss"]), loss, relative: 1e-6))
    let rows = table(try shell.output(of: "\(command) --errors"))
    #expect(rows.map { Array($0.prefix(3)) } == [["2", "a", "b"], ["4", "b", "c"]])
    #expect(isClose(try #require(Double(rows[0][3])), means[1][1], relative: 1e-6))
    #expect(try shell.output(of: "\(command) --confusion").hasPrefix("true\ta\tb\tc\td\n"))

    // One alone, or twice the same, is what it is.
    let alone = try shell.output(of: "nn-eval model.safetensors --data data.safetensors --json")
    #expect(try shell.output(of: "nn-eval model.safetensors --data data.safetensors --json --ensemble") == alone)
    #expect(
      try shell.output(of: "nn-eval model.safetensors model.safetensors --data data.safetensors --json --ensemble")
        == alone)
    try shell.write(Samples.model(weights: [[0, 0], [0, 0], [9, 9]], biases: [0, 0, 9]), to: "third.safetensors")
    expectFailure(
      try shell.run("nn-eval model.safetensors third.safetensors --data data.safetensors --ensemble"), 65,
      contains: "third.safetensors: knows the classes 0 1 2, and model.safetensors knows the classes a b c d")
  }

  @Test func calibrate() throws {
    let command = "nn-eval model.safetensors --data data.safetensors"
    let before = values(try shell.output(of: command))
    let result = try shell.run("\(command) --calibrate -o calibrated.safetensors")
    #expect(result.status == 0 && result.output == "" && result.errors.hasPrefix("temperature "))
    let after = values(try shell.output(of: "nn-eval calibrated.safetensors --data data.safetensors"))
    #expect(after["accuracy"] == before["accuracy"] && after["loss"]! < before["loss"]! - 0.1)
    let (old, new) = (
      try PlainSafetensors(shell.read("model.safetensors")), try PlainSafetensors(shell.read("calibrated.safetensors"))
    )
    #expect(new.tensors == old.tensors)
    // No other temperature is better.
    let temperature = try #require(new.metadata["temperature"].flatMap(Double.init))
    #expect(result.errors.contains(" \(temperature) "))
    for factor in [0.9, 0.99, 1.01, 1.1] {
      var bytes = try shell.read("calibrated.safetensors")
      let text = Array("\"temperature\":\"\(temperature)\"".utf8)
      let other = Array("\"temperature\":\"\("\(temperature * factor)".prefix("\(temperature)".count))\"".utf8)
      let place = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
      bytes.replaceSubrange(place..<place + text.count, with: other)
      try shell.write(bytes, to: "other.safetensors")
      let loss = values(try shell.output(of: "nn-eval other.safetensors --data data.safetensors"))["loss"]!
      #expect(loss > after["loss"]!)
    }
    // As a stage of a pipeline, and quietly; again, it finds the same.
    let piped = try shell.run("cat calibrated.safetensors | nn-eval -q --calibrate --data data.safetensors --threads 3")
    #expect(piped.status == 0 && piped.errors == "")
    #expect(try piped.outputBytes == shell.read("calibrated.safetensors"))
    // Training begins without it, and ends without it where there is nothing to validate on.
    try shell.output(of: "nn-train -q calibrated.safetensors --data data.safetensors --epochs 1 -o trained.safetensors")
    #expect(try PlainSafetensors(shell.read("trained.safetensors")).metadata["temperature"] == nil)
    try shell.output(of: "nn-train -q model.safetensors --data data.safetensors --epochs 1 -o other.safetensors")
    #expect(try shell.read("trained.safetensors") == shell.read("other.safetensors"))
  }

  @Test func localesChangeNothing() throws {
    for command in [
      "nn-eval model.safetensors --data data.safetensors",
      "nn-predict --model model.safetensors --data data.safetensors",
    ] {
      let expected = try shell.output(of: command, environment: ["LC_ALL": "C"])
      #expect(expected.contains("."))
      for locale in ["de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8"] {
        #expect(try shell.output(of: command, environment: ["LC_ALL": locale, "LANG": locale]) == expected)
      }
    }
    #expect(
      try shell.run(
        "nn-train model.safetensors --data data.safetensors --learning-rate 0,5", environment: ["LC_ALL": "de_DE.UTF-8"]
      )
      .status == 64)
  }

  @Test func threadsChangeNothing() throws {
    try shell.makeDigits(300, name: "digits")
    try shell.output(of: "nn-init 784 33 10 -o network.safetensors")
    let command = "nn-eval network.safetensors --data digits.safetensors --json --threads"
    let expected = try shell.output(of: "\(command) 1")
    for threads in [2, 3, 8] { #expect(try shell.output(of: "\(command) \(threads)") == expected) }
  }
}

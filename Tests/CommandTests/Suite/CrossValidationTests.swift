import Testing

/// scripts/pipelines/cross-validate: each row of a table on each fold of the data.
struct CrossValidationTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.output(of: "mnist-prepare --synthetic 300 -q -o all.data")
    let rows = ["sizes\tepochs\tlearning-rate", "784 8 10\t2\t0.003", "784 16 10\t5\t0.01"]
    try shell.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: "table.tsv")
  }

  /// Runs a line in which `$script` is the script, and `list` lists the table's commands for three folds.
  private func run(_ line: String) throws -> Shell.Result {
    try shell.run(
      "list() { \"$script\" list --data all.data --folds 3 \"$@\"; }; \(line)",
      environment: ["script": "\(Project.root)/scripts/pipelines/cross-validate"])
  }

  @Test func meansOverTheFolds() throws {
    let result = try run(#"list table.tsv runs >list; sh -e list; "$script" gather runs"#)
    let lines = table(result.output)
    #expect(lines.map(\.count) == [6, 6, 6], "\(result.errors)")
    #expect(lines[0] == ["accuracy", "deviation", "loss", "sizes", "epochs", "learning-rate"])
    #expect(lines[1][3] == "784 16 10" && lines[2][3] == "784 8 10")
    var (accuracies, losses): ([Double], [Double]) = ([], [])
    for fold in 1...3 {
      let told = try shell.output(
        of: """
          mnist-prepare -q all.data --except-fold \(fold)/3 -o train.data
          mnist-prepare -q all.data --fold \(fold)/3 -o validation.data
          nn-init 784 16 10 | nn-train -q --data train.data --epochs 5 --learning-rate 0.01 |
            nn-eval --data validation.data | sed -n '2,3p' | cut -f 2
          """)
      let figures = told.split(separator: "\n").compactMap { Double($0) }
      try #require(figures.count == 2)
      accuracies.append(figures[0])
      losses.append(figures[1])
    }
    let mean = accuracies.reduce(0, +) / 3
    let deviation = (accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2).squareRoot()
    let told = lines[1].prefix(3).compactMap { Double($0) }
    #expect(zip(told, [mean, deviation, losses.reduce(0, +) / 3]).allSatisfy { abs($0 - $1) < 2e-6 })
    // A list may run in any order, many lines at a time, and again.
    let other = try run(
      #"""
      list table.tsv other | sed 1d >rest; sed -n 1p list >/dev/null
      tr '\n' '\0' <rest | xargs -0 -n 1 -P 3 sh -c; "$script" gather other; echo ==
      list table.tsv other >list; sh list; ls -i other/* >before; sh list; ls -i other/* | cmp - before
      "$script" gather other
      """#)
    let parts = other.output.components(separatedBy: "==\n")
    // A row that isn't finished on all folds is left out.
    #expect(parts.count == 2 && table(parts[0]).map { $0[3] } == ["sizes", "784 16 10"], "\(other.errors)")
    #expect(parts.last == result.output)
  }

  @Test func eachExampleIsValidatedOnce() throws {
    #expect(try run("list table.tsv runs >list").status == 0)
    let sizes = try shell.output(
      of: "for f in runs/*/validation.data; do mnist-prepare --describe $f | grep -i -m 1 '^examples'; done | cut -f 2")
    #expect(sizes.split(separator: "\n").compactMap { Int($0) }.reduce(0, +) == 300, "\(sizes)")
  }

  @Test(arguments: [
    ("", 64), ("list table.tsv", 64), ("list --data all.data --folds 1 table.tsv runs", 64),
    ("list --data all.data --folds x table.tsv runs", 64), ("list --data all.data --fold 3 table.tsv runs", 64),
    ("list table.tsv runs", 64), ("list --data missing table.tsv runs", 66), ("gather missing", 66),
    ("list --data all.data missing.tsv runs", 66), ("list --data all.data --folds 301 table.tsv runs", 65),
    ("gather .", 66), ("list -- table.tsv runs", 64),
  ])
  func misuse(_ arguments: String, _ status: Int32) throws {
    let result = try run(#""$script" \#(arguments)"#)
    #expect(result.status == status && result.errors.count { $0 == "\n" } == 1, "\(result.errors)")
  }

  @Test func foldsOfOneNumber() throws {
    let result = try run(#"list table.tsv runs >list; "$script" list --data all.data --folds 4 table.tsv runs"#)
    #expect(result.status == 73 && result.errors.contains("runs: has other folds, such as fold-1-of-3"))
  }
}

import Testing

/// scripts/pipelines/ensemble: members that differ in their seeds, and what learns from them.
struct EnsembleScriptTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.output(
      of: """
        mnist-prepare --synthetic 300 -q -o all.data
        mnist-prepare -q all.data --split 80%:20% --stratify -o train.data -o validation.data
        printf 'sizes\\tepochs\\tlearning-rate\\n784 16 10\\t4\\t0.01\\n' >members.tsv
        printf 'sizes\\tepochs\\tteacher-weight\\n784 8 10\\t4\\t0.5\\n784 9 10\\t4\\t\\n' >students.tsv
        """)
  }

  /// Runs a line in which `$script` is the script, and `list` gives it the data.
  private func run(_ line: String) throws -> Shell.Result {
    try shell.run(
      """
      list() { verb=$1; shift; "$script" "$verb" --data train.data --validation validation.data "$@"; }
      \(line)
      """, environment: ["script": "\(Project.root)/scripts/pipelines/ensemble"])
  }

  @Test func committeeAndItsStudents() throws {
    let result = try run(
      """
      list members --seeds 3 members.tsv runs >list; sed -n 2p list | sh
      list students students.tsv runs >early; echo $?
      sh list; list students students.tsv runs >list; sh -e list; "$script" gather --validation validation.data runs
      """)
    #expect(result.errors == "pipelines/ensemble: runs: 2 of the members' runs are not finished\n")
    let lines = table(result.output)
    #expect(lines.map { $0[0] } == ["66", "network", "member", "committee", "student", "student"])
    try #require(lines.count == 6)
    #expect(lines[1] == ["network", "models", "accuracy", "deviation", "loss", "model"])
    #expect(lines.dropFirst(2).map { $0[1] } == ["3", "3", "1", "1"])
    let members = (1...3).map { "m\($0)" }
    for (index, name) in members.enumerated() {
      try shell.output(
        of: """
          nn-init 784 16 10 --seed \(index + 1) | nn-train -q --data train.data --epochs 4 --learning-rate 0.01 \
            --seed \(index + 1) -o \(name)
          """)
    }
    let committee = try shell.output(
      of: "nn-eval --ensemble m1 m2 m3 --data validation.data | sed -n '2,3p' | cut -f 2")
    #expect(committee == "\(lines[3][2])\n\(lines[3][4])\n")
    let single = try shell.output(
      of: "for m in m1 m2 m3; do nn-eval $m --data validation.data; done | grep -w accuracy")
    let accuracies = table(single).compactMap { Double($0[1]) }
    #expect(try abs(accuracies.reduce(0, +) / 3 - #require(Double(lines[2][2]))) < 1e-6)
    try shell.output(
      of: """
        nn-init 784 8 10 | nn-train -q --data train.data --epochs 4 --teacher-weight 0.5 \
          --teacher m1 --teacher m2 --teacher m3 -o student
        """)
    let student = try shell.output(of: "nn-eval student --data validation.data | sed -n '2,3p' | cut -f 2")
    let told = try #require(lines.dropFirst().first { $0[5].hasPrefix("784-8-10") })
    #expect(student == "\(told[2])\n\(told[4])\n")
    // Nothing that is finished runs again.
    let again = try run("ls -i runs/*/* >before; sh list; ls -i runs/*/* | cmp - before")
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test(arguments: [
    ("", 64), ("committee", 64), ("list members members.tsv", 64), ("list members --seeds 0 members.tsv runs", 64),
    ("list students --seeds 2 students.tsv runs", 64), ("list members missing.tsv runs", 66),
    ("list students students.tsv runs", 66), ("gather runs", 64),
    ("gather --validation missing runs", 66), ("gather --validation validation.data runs", 66),
  ])
  func misuse(_ arguments: String, _ status: Int32) throws {
    let command = arguments.hasPrefix("list ") ? arguments : #""$script" \#(arguments)"#
    let result = try run(command)
    #expect(result.status == status && result.errors.count { $0 == "\n" } == 1, "\(result.errors)")
  }

  @Test func seedsAreTheScripts() throws {
    let result = try run(#"printf 'sizes\tseed\n784 10\t4\n' >t.tsv; list members t.tsv runs"#)
    #expect(result.status == 65 && result.errors.contains(#"t.tsv: has a column "seed", which --seeds sets"#))
  }
}

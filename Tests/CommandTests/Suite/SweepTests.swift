import Foundation
import Testing

/// A table of settings that becomes a list of commands, whichever engine runs the list.
struct SweepTests {
  private let shell: Shell
  private static let isRoot = geteuid() == 0

  init() throws {
    shell = try Shell()
    try shell.output(
      of: """
        mnist-prepare --synthetic 300 -q -o all.safetensors
        mnist-prepare -q all.safetensors --split 80%:20% --stratify -o train.safetensors -o validation.safetensors
        """)
    let rows = [
      "sizes\tepochs\tlearning-rate\taugment\tseed", "784 16 10\t2\t0.01\t\t1", "784 16 10\t2\t0.003\tyes\t1",
      "784 12 10\t400\t0.003\t\t1", "784 32 10\t2\t0.01\t\t2",
    ]
    try shell.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: "table.tsv")
  }

  /// Runs a line in which `$sweep` is the script, `list` lists a table's commands, and `$cluster` has test clusters.
  private func run(_ line: String) throws -> Shell.Result {
    let list = #""$sweep" list --data train.safetensors --validation validation.safetensors"#
    return try shell.run(
      "list() { \(list) \"$@\"; }; \(line)",
      environment: [
        "sweep": "\(Project.root)/scripts/pipelines/sweep", "cluster": "\(Project.root)/Tests/Fixtures/cluster",
      ])
  }

  /// The table that plain `sh` makes.
  private func plainTable() throws -> String {
    let result = try run(#"list table.tsv plain >list; sh -e list; "$sweep" gather plain"#)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// - Parameter command: runs the commands in `list`, which fill the folder `runs`.
  private func expectSameTable(_ command: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try run("list table.tsv runs >list; \(command) >engine.out; \"$sweep\" gather runs")
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(try result.output == plainTable(), sourceLocation: sourceLocation)
  }

  @Test func tableOfResults() throws {
    let lines = try plainTable().split(separator: "\n").map { $0.components(separatedBy: "\t") }
    #expect(lines.count == 5)
    #expect(lines[0].prefix(4) == ["accuracy", "loss", "model", "sizes"])
    #expect(Set(lines[0].dropFirst(4)) == ["epochs", "learning-rate", "augment", "seed"])
    let accuracies = lines.dropFirst().compactMap { Double($0[0]) }
    #expect(accuracies.count == 4 && accuracies == accuracies.sorted(by: >))
    for line in lines.dropFirst() {
      let evaluated = try shell.output(of: "nn-eval 'plain/\(line[2])' --data validation.safetensors")
      #expect(evaluated.contains("accuracy\t\(line[0])\nloss\t\(line[1])\n"))
    }
    let direct = try shell.output(
      of: "nn-init 784 32 10 --seed 2 | nn-train -q --data train.safetensors --epochs 2 --learning-rate 0.01 --seed 2"
        + " | nn-eval --data validation.safetensors | grep ^loss")
    #expect(lines.contains { direct == "loss\t\($0[1])\n" && $0.contains("784 32 10") })
  }

  @Test func severalAtOnce() throws {
    try expectSameTable(#"tr '\n' '\0' <list | xargs -0 -n 1 -P 3 sh -c"#)
  }

  @Test(.enabled(if: Shell.has("parallel")))
  func parallel() throws {
    try expectSameTable("parallel -j 2 <list")
  }

  /// Two hosts, which are network namespaces of this machine.
  @Test(.enabled(if: isRoot && Shell.has("parallel") && Shell.has("sshd") && Shell.has("ip")))
  func hosts() throws {
    try expectSameTable(
      #""$cluster/hosts" "$PWD/hosts" 'parallel --ssh "ssh -F hosts/config" --sshlogin 1/one,1/two <list'"#)
  }

  /// One of four tasks of a job array is killed, and Slurm puts it into the queue again.
  @Test(.enabled(if: isRoot && Shell.has("sbatch") && Shell.has("slurmd") && Shell.has("munged")))
  func slurm() throws {
    // The third task is killed as it begins, once.
    let batch = #"""
      #!/bin/sh
      if [ "$SLURM_ARRAY_TASK_ID" = 3 ] && mkdir killed 2>/dev/null; then
        sed -n 3p list | timeout -s KILL 0.05 sh
        exit 137
      fi
      sed -n "${SLURM_ARRAY_TASK_ID}p" list | sh
      """#
    try shell.write(Array((batch + "\n").utf8), to: "batch.sh")
    let submission = #"""
      id=$(sbatch --parsable --array=1-4 --requeue -o %a.out batch.sh)
      while squeue -h -r -j "$id" >queue && [ -s queue ]; do
        # Slurm makes a task that it requeues wait for two minutes.
        scontrol update JobId="${id}_3" StartTime=now 2>/dev/null || true
        sleep 0.3
      done
      """#
    try shell.write(Array((submission + "\n").utf8), to: "submit.sh")
    try expectSameTable(#""$cluster/slurm" "$PWD/slurm" '. ./submit.sh'"#)
    #expect(try shell.output(of: "ls -d killed") == "killed\n")
    #expect(try shell.output(of: "cat slurm/slurmctld.log").contains("Requeuing"))
  }

  /// What was killed goes on where it was, and what is finished stays.
  @Test func interruption() throws {
    let whole = try plainTable()
    #expect(try run("list table.tsv runs >list; sed -n 1p list | sh; ls -i runs >before").status == 0)
    let killed = try run(
      """
      sed -n 3p list >third
      setsid sh third & sleep 0.2; kill -TERM -- -$! 2>/dev/null; wait $!; ls runs
      """)
    #expect(killed.output.contains("epochs=400,learning-rate=0.003,seed=1."))
    let rest = try run(#"sh list; "$sweep" gather runs"#)
    #expect(rest.output == whole, "\(rest.errors)")
    #expect(try shell.run("ls -i runs >after; grep -F -x -v -f after before").output == "")
    #expect(try shell.run("ls runs | grep -e checkpoint -e part").output == "")
    #expect(try run("sed 's/nn-train/missing/' list >again; mkdir none; sh again; echo $?").output == "0\n")
  }

  @Test(arguments: [
    ("size\\n784 10", "has no column \"sizes\""), ("sizes\\n", "has no rows"),
    ("sizes\\tseed\\n784 10", "has 1 fields"),
    ("sizes\\tseed\\tseed\\n784 10\\t1\\t1", "has the column seed twice"),
    ("sizes\\t--seed\\n784 10\\t1", "names no option"), ("sizes\\n784 10\\n784 10", "line 3: repeats line 2"),
  ])
  func tablesRefused(_ table: String, _ message: String) throws {
    let result = try run("printf '\(table)\\n' >bad.tsv; list bad.tsv runs")
    #expect(result.status == 65 && result.output == "")
    #expect(result.errors.hasPrefix("pipelines/sweep: bad.tsv: line ") && result.errors.contains(message))
    #expect(result.errors.count { $0 == "\n" } == 1)
  }

  @Test func misuse() throws {
    for arguments in [
      "", "try", "list", "list table.tsv runs", "gather", "gather --seed 1", "run --data a --validation b",
    ] {
      let result = try run("\"$sweep\" \(arguments)")
      #expect(result.status == 64 && result.errors.count { $0 == "\n" } == 1, "\(arguments): \(result.errors)")
    }
    #expect(try run("list missing.tsv runs").status == 66)
    #expect(try run("mkdir empty; \"$sweep\" gather empty").status == 66)
    // A name in quotes and an option that nn-train doesn't know stop their run only.
    let result = try run(
      """
      printf "sizes\\tfoo\\n784 10\\tit's\\n784 12 10\\t\\n" >table.tsv
      list table.tsv odd >list; sh list; "$sweep" gather odd | cut -f 4
      """)
    #expect(
      result.output == "sizes\n784 12 10\n"
        && result.errors == "nn-train: Unknown option '--foo' (see 'nn-train --help')\n")
  }
}

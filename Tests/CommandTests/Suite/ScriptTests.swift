import Foundation
import Testing

private let root = Project.root

extension Shell {
  /// Runs a script line in which `$scripts` is the folder of the project's scripts, with `fakes` first on PATH.
  fileprivate func runScript(_ line: String) throws -> Result {
    try run("PATH=$PWD/fakes:$PATH; \(line)", environment: ["scripts": "\(root)/scripts"])
  }

  /// Puts a stand-in for a program on the PATH of `runScript`.
  fileprivate func fake(_ program: String, _ script: String) throws {
    try output(of: "mkdir -p fakes")
    try write(Array("#!/bin/sh\n\(script)\n".utf8), to: "fakes/\(program)")
    try output(of: "chmod +x fakes/\(program)")
  }
}

/// All scripts.
struct ScriptTests {
  @Test("shellcheck finds nothing", .enabled(if: Shell.has("shellcheck")))
  func lint() throws {
    let scripts = #"find "$root/scripts" "$root/.ci" -type f \( ! -name '*.*' -o -name '*.sh' \)"#
    let result = try Shell().run("\(scripts) -exec shellcheck {} +", environment: ["root": root])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(arguments: ["quickstart", "test", "fetch-mnist", "install", "fingerprint", "package", "pipelines/sweep"])
  func help(_ script: String) throws {
    for option in ["-h", "--help"] {
      let result = try Shell().runScript(#""$scripts/\#(script)" \#(option)"#)
      #expect(result.status == 0 && result.errors == "")
      #expect(result.output.hasPrefix("usage: ") && result.output.contains("scripts/\(script)"))
    }
  }

  @Test(arguments: [
    "quickstart --fast", "fetch-mnist --form x", "fetch-mnist a b", "fetch-mnist --from", "install now",
  ])
  func misuse(_ line: String) throws {
    let result = try Shell().runScript(#""$scripts"/\#(line)"#)
    #expect(result.status == 64)
    #expect(result.errors.hasPrefix("scripts/\(line.prefix { $0 != " " }): "))
    #expect(result.errors.count { $0 == "\n" } == 1)
  }
}

/// What a bare machine lacks.
struct SetupTests {
  private let shell: Shell

  /// A machine without libpng, whose packages are installed by apt-get, and with a Swift too old to go on from there.
  init() throws {
    shell = try Shell()
    try shell.fake("pkg-config", "test -e installed")
    try shell.fake("apt-get", #"echo "$@" >>apt.log; test -e lists"#)
    try shell.fake("sudo", #"exec "$@""#)
    try shell.fake("swift", "echo 'Swift version 6.1.3 (swift-6.1.3-RELEASE)'")
  }

  @Test(arguments: ["quickstart", "test"])
  func installsLibraries(_ script: String) throws {
    try shell.fake(
      "apt-get",
      #"""
      echo "$@" >>apt.log
      if [ "$1" = update ]; then touch lists; else test -e lists && touch installed; fi
      """#)
    for _ in 1...2 {
      let result = try shell.runScript(#""$scripts/\#(script)""#)
      #expect(result.status == 69)
      #expect(result.output == "")
      let message = "Swift 6.2 or later is needed, not 6.1: https://www.swift.org/install"
      #expect(result.errors.hasSuffix("scripts/\(script): \(message)\n"))
    }
    let calls = try shell.output(of: "cat apt.log").split(separator: "\n")
    #expect(calls.count == 3, "once without the lists of packages, once to fetch them, once with them; not again")
    #expect(calls.last?.hasSuffix("libpng-dev zlib1g-dev pkg-config") == true)
  }

  @Test(arguments: ["quickstart", "test"])
  func librariesThatCantBeHad(_ script: String) throws {
    let result = try shell.runScript(#""$scripts/\#(script)""#)
    #expect(result.status == 69)
    let message = "libpng-dev zlib1g-dev pkg-config are needed and could not be installed"
    #expect(result.errors.hasSuffix("scripts/\(script): \(message)\n"))
  }

  /// A copy of the scripts, so that what the script makes is not left in the project.
  @Test func withoutNetwork() throws {
    try shell.fake("pkg-config", "exit 0")
    try shell.fake("curl", "exit 6")
    try shell.fake(
      "swift",
      #"""
      case "$*" in
        --version) echo 'Swift version 6.2.1' ;;
        *--show-bin-path) dirname "$(command -v nn-init)" ;;
      esac
      """#)
    let result = try shell.runScript(
      #"mkdir project; cp -R "$scripts" project; unset MNIST_DIR; project/scripts/quickstart"#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("going on with digits drawn by mnist-prepare --synthetic\n"))
    #expect(result.output.contains("$ mnist-prepare --synthetic 60000 --seed 1 -o train.safetensors\n"))
    let accuracy = result.output.firstMatch(of: /(?m)^test accuracy: ([0-9.]+) %$/).flatMap { Double($0.1) }
    #expect(try #require(accuracy) > 95, "\(result.output)")
    // The end tells where things are, and how to read one's own picture.
    let end = result.output.split(separator: "\n").suffix(8).joined(separator: "\n")
    for words in ["quickstart/digits.safetensors", "quickstart/report.html", "--show seven.png"] {
      #expect(end.contains(words), "\(end)")
    }
    #expect(result.output.matches(of: /pictures\/[0-9]\/[0-9].png\t[0-9]\t/).count == 10)
  }

  @Test func noSwift() throws {
    try shell.fake("pkg-config", "exit 0")
    try shell.fake("swift", "exit 127")
    let result = try shell.runScript(#""$scripts/quickstart""#)
    #expect(result.status == 69)
    #expect(result.errors == "scripts/quickstart: Swift 6.2 or later is needed: https://www.swift.org/install\n")
  }
}

@Suite(.enabled(if: Shell.has("curl")))
struct FetchTests {
  private let shell: Shell
  /// The size of the one file that is served.
  private let size: Int

  init() throws {
    shell = try Shell()
    try shell.output(of: "mkdir served; seq 10000 >digits; gzip -c digits >served/digits.gz")
    try shell.output(of: "if command -v sha256sum; then sha256sum digits; else shasum -a 256 digits; fi >sums")
    try shell.output(of: "tail -n 1 sums >hashes")
    size = try shell.read("served/digits.gz").count
  }

  private func fetch() throws -> Shell.Result {
    try shell.runScript(#""$scripts/fetch-mnist" --from "file://$PWD/served/" --hashes hashes 'a folder'"#)
  }

  private func expectFetched(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try fetch()
    #expect(result.status == 0 && result.errors == "", "\(result.errors)", sourceLocation: sourceLocation)
    #expect(try shell.output(of: "ls -A 'a folder'") == "digits.gz\n", sourceLocation: sourceLocation)
    try shell.output(of: "gzip -dc 'a folder/digits.gz' | cmp - digits", sourceLocation: sourceLocation)
  }

  /// Leaves `kept` of what was there.
  private func expectRefused(
    _ message: String, kept: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try fetch()
    #expect(result.status == 69, sourceLocation: sourceLocation)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 2, sourceLocation: sourceLocation)
    #expect(lines.allSatisfy { $0.hasPrefix("scripts/fetch-mnist: ") }, sourceLocation: sourceLocation)
    #expect(lines.first?.contains(message) == true, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(try shell.output(of: "ls -A 'a folder'") == kept, sourceLocation: sourceLocation)
  }

  @Test func twice() throws {
    try expectFetched()
    try shell.output(of: "rm -r served")
    try expectFetched()
  }

  @Test func unpackedFilesWillDo() throws {
    try shell.output(of: "rm -r served; mkdir 'a folder'; cp digits 'a folder'")
    #expect(try fetch().status == 0)
    #expect(try shell.output(of: "ls -A 'a folder'") == "digits\n")
  }

  /// The server no longer has the beginning, so only what goes on from it can be right.
  @Test func goesOn() throws {
    try shell.output(of: "mkdir 'a folder'; head -c 100 served/digits.gz >'a folder/digits.gz.part'")
    try shell.output(of: "{ head -c 100 /dev/zero; tail -c +101 digits.gz; } >new; mv new digits.gz".inFolder("served"))
    try expectFetched()
  }

  @Test("Goes on after all was fetched, but not checked")
  func goesOnAtTheEnd() throws {
    try shell.output(of: "mkdir 'a folder'; mv served/digits.gz 'a folder/digits.gz.part'")
    try expectFetched()
  }

  @Test(arguments: [10, 1_000_000])
  func beginsAnew(junk: Int) throws {
    try shell.output(of: "mkdir 'a folder'; head -c \(junk) /dev/urandom >'a folder/digits.gz.part'")
    try expectFetched()
  }

  @Test func wrongContent() throws {
    try shell.output(of: "echo else | gzip >served/digits.gz")
    try expectRefused("not the expected content")
  }

  @Test func truncated() throws {
    try shell.output(of: "head -c \(size - 4) digits.gz >new; mv new digits.gz".inFolder("served"))
    try expectRefused("not the expected content")
  }

  @Test func missing() throws {
    try shell.output(of: "rm served/digits.gz; mkdir 'a folder'; echo x >'a folder/digits.gz.part'")
    try expectRefused("curl: ", kept: "digits.gz.part\n")
  }

  @Test func wrongFileStaysUntilThereIsTheRightOne() throws {
    try shell.output(of: "mkdir 'a folder'; echo else | gzip >'a folder/digits.gz'")
    try expectFetched()
  }

  @Test("MNIST is what is expected of MNIST", .enabled(if: ProcessInfo.processInfo.environment["MNIST_DIR"] != nil))
  func realThing() throws {
    let result = try shell.runScript(#""$scripts/fetch-mnist" --from "file://$MNIST_DIR" mnist"#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try shell.output(of: "ls mnist | wc -l").contains("4"))
  }
}

extension String {
  /// The script, run in a folder.
  fileprivate func inFolder(_ folder: String) -> String { "cd \(folder) && { \(self); }" }
}

struct InstallTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
  }

  private func install(_ arguments: String) throws -> Shell.Result {
    try shell.runScript(#"DESTDIR="$PWD/a root" PREFIX=/usr "$scripts/install" \#(arguments)"#)
  }

  private func lines(of text: String) -> [String] {
    text.split(separator: "\n").map(String.init).sorted()
  }

  private var files: [String] {
    get throws { try lines(of: shell.output(of: "mkdir -p 'a root'; find 'a root' -type f")) }
  }

  @Test func installsTwiceAndUninstallsTwice() throws {
    for _ in 1...2 {
      let result = try install(#"--build-dir "$(dirname "$(command -v nn-init)")""#)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try lines(of: result.output.replacing("\(shell.directory)/", with: "")) == files)
    }
    let installed = try files
    for tool in ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"] {
      #expect(try shell.output(of: "'a root/usr/bin/\(tool)' --version") == shell.output(of: "\(tool) --version"))
      for file in [
        "bash-completion/completions/\(tool)", "zsh/site-functions/_\(tool)", "fish/vendor_completions.d/\(tool).fish",
        "man/man1/\(tool).1",
      ] {
        #expect(installed.contains("a root/usr/share/\(file)"))
        #expect(try !shell.read("a root/usr/share/\(file)").isEmpty)
      }
    }
    #expect(installed.contains("a root/usr/share/man/man5/nn-tools-formats.5"))
    #expect(installed.contains("a root/usr/share/man/man7/nn-tools.7"))
    #expect(installed.contains("a root/usr/share/man/man7/nn-tools-course.7"))
    for _ in 1...2 {
      #expect(try install("--uninstall").status == 0)
      #expect(try files == [])
    }
  }

  @Test func nothingBuiltThere() throws {
    let result = try install("--build-dir .")
    #expect(result.status == 66)
    #expect(result.errors == "scripts/install: . has no mnist-prepare\n")
    #expect(try files == [])
  }

  @Test func prefixThatCantBeWritten() throws {
    try shell.output(of: "touch file")
    let result = try shell.runScript(#"PREFIX=file "$scripts/install" --build-dir ."#)
    #expect(result.status == 73)
    #expect(result.errors.hasPrefix("scripts/install: file/bin: can't be written to"))
  }
}

import Testing

/// What scripts/package makes, and what scripts/install --check says of it.
struct PackageTests {
  private let shell: Shell
  private let environment = ["scripts": "\(Project.root)/scripts", "SOURCE_DATE_EPOCH": "1700000000"]

  init() throws { shell = try Shell() }

  private func run(_ line: String) throws -> Shell.Result {
    try shell.run("built=$(dirname \"$(command -v nn-init)\"); \(line)", environment: environment)
  }

  @Test func packagesInstallIntoAnEmptyRoot() throws {
    let made = try run(
      #"for part in a b; do "$scripts/package" --build-dir "$built" -o $part || exit; done; cmp a/*.tar.gz b/*.tar.gz"#)
    #expect(made.status == 0, "\(made.errors)")
    let sums = try run("cd a && sha256sum -c SHA256SUMS")
    #expect(sums.status == 0 && sums.output.hasPrefix("nn-tools"), "\(sums.output)\(sums.errors)")
    // Unpacked below a prefix, and a Debian package below a root.
    let tried = try run(
      #"""
      mkdir prefix && tar -xzf a/*.tar.gz -C prefix --strip-components=1 &&
        PREFIX=$PWD/prefix "$scripts/install" --check || exit
      command -v dpkg-deb >/dev/null || exit 0
      cmp a/*.deb b/*.deb && dpkg-deb -x a/*.deb root && PREFIX=$PWD/root/usr "$scripts/install" --check
      """#)
    #expect(tried.status == 0, "\(tried.output)\(tried.errors)")
  }

  @Test func checkTellsWhatIsMissing() throws {
    let result = try run(
      #"""
      PREFIX=$PWD/there "$scripts/install" --build-dir "$built" >/dev/null && rm there/share/man/man1/nn-eval.1 || exit
      PREFIX=$PWD/there "$scripts/install" --check
      """#)
    #expect(result.status == 1 && (result.output + result.errors).contains("nn-eval.1"), "\(result.errors)")
  }
}

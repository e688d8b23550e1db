import Testing

/// What the tools make is what is on record, byte for byte: a change of results has to be meant, and is recorded by
/// `scripts/fingerprint --update`.
struct FingerprintTests {
  @Test func resultsAreAsOnRecord() throws {
    let result = try Shell().run(
      #""$root/scripts/fingerprint" --check "$(dirname "$(command -v nn-train)")""#, environment: ["root": Project.root]
    )
    #expect(result.status == 0, "\(result.errors)")
  }
}

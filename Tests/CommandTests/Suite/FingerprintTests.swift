import Testing

/// What the tools make is what is on record, byte for byte: a change of results has to be meant, and is recorded by
/// `scripts/fingerprint --update`.
struct FingerprintTests {
  #if DEBUG
    private static let isOptimised = false
  #else
    private static let isOptimised = true
  #endif

  @Test(.enabled(if: isOptimised, "unoptimised tools take too long"))
  func resultsAreAsOnRecord() throws {
    let result = try Shell().run(
      #""$root/scripts/fingerprint" --check "$(dirname "$(command -v nn-train)")""#, environment: ["root": Project.root]
    )
    #expect(result.status == 0, "\(result.errors)")
  }
}

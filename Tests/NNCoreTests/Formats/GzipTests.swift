import NNCore
import Testing

/// Files of Python's gzip, see make-gzip.py.
@Suite struct GzipTests {
  private static let content = (0..<2000).map { UInt8($0 * $0 % 251) }

  private func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    [UInt8](try Gzip.inflate(Bytes(bytes), of: nowhere()))
  }

  private func fixture(_ name: String) throws -> [UInt8] {
    try Fixtures.bytes("gzip/\(name).gz")
  }

  @Test(arguments: ["plain", "stored", "members", "header"])
  func inflates(_ name: String) throws {
    let bytes = try fixture(name)
    #expect(Gzip.recognizes(Bytes(bytes)))
    #expect(try inflate(bytes) == Self.content)
  }

  /// More than one round of output.
  @Test func manyMembers() throws {
    let member = try fixture("plain")
    let inflated = try inflate(Array(repeatElement(member, count: 1100).joined()))
    #expect(inflated.count == 2_200_000 && inflated.suffix(2000) == Self.content[...])
  }

  @Test func recognizesNothingElse() {
    for bytes in [[], [0x1f], [0x8b, 0x1f], [0, 0, 8, 3]] as [[UInt8]] { #expect(!Gzip.recognizes(Bytes(bytes))) }
  }

  @Test(arguments: ["plain", "stored", "members", "header"])
  func everyTruncationIsRefused(_ name: String) throws {
    let bytes = try fixture(name)
    // Where a member ends a file may end too.
    let ends = name == "members" ? try memberEnds(bytes) : []
    for count in bytes.indices where !ends.contains(count) {
      expectFault("the gzip data ends early") { try inflate(Array(bytes[..<count])) }
    }
  }

  /// The places in `members` where the next one begins.
  private func memberEnds(_ bytes: [UInt8]) throws -> [Int] {
    let ends = bytes.indices.filter { $0 > 0 && bytes[$0...].starts(with: [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0]) }
    #expect(ends.count == 3)
    return ends
  }

  @Test func whatFollowsIsRefused() throws {
    let bytes = try fixture("plain")
    for tail in [[0, 1], [0x1f], [1, 2, 3], Array("more text that is no gzip".utf8)] as [[UInt8]] {
      expectFault("gzip") { try inflate(bytes + tail) }
    }
  }

  /// As they fill up tapes and block devices.
  @Test func zerosAtTheEndArePassedOver() throws {
    let bytes = try fixture("plain")
    for count in [1, 600] { #expect(try inflate(bytes + Array(repeating: 0, count: count)) == inflate(bytes)) }
  }

  @Test func sumsAreChecked() throws {
    var bytes = try fixture("plain")
    bytes[bytes.count - 8] ^= 1
    expectFault("incorrect data check") { try inflate(bytes) }
    bytes = try fixture("plain")
    bytes[bytes.count - 1] ^= 1
    expectFault("incorrect length check") { try inflate(bytes) }
  }

  @Test func damage() throws {
    let file = try nowhere()
    for name in ["stored", "header", "members"] {
      try Damage.expectSurvived(fixture(name), corruptions: 10_000, name) { _ = try Gzip.inflate(Bytes($0), of: file) }
    }
  }
}

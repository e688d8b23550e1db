import NNCore
import Testing

@Suite struct Base64Tests {
  /// Those of RFC 4648, chapter 10, and all characters of the alphabet.
  @Test func testVectors() {
    for (text, wanted) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.encode(Array(text.utf8)) == wanted)
    }
    let bytes: [UInt8] = stride(from: 0, to: 64, by: 4).flatMap { (first: Int) -> [UInt8] in
      let bits = first << 18 | (first + 1) << 12 | (first + 2) << 6 | (first + 3)
      return [UInt8(bits >> 16), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
    }
    #expect(Base64.encode(bytes) == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  }
}

import NNCore
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String) throws -> JSON {
    try JSON(parsing: Array(text.utf8))
  }

  @Test func values() throws {
    #expect(try parse("null") == .null)
    #expect(try parse(" \t\n\r true \t\n\r ") == .bool(true))
    #expect(try parse("[]") == .array([]))
    #expect(try parse("{}") == .object([]))
    #expect(try parse("[false,1,\"a\",[null]]") == .array([.bool(false), .number("1"), .string("a"), .array([.null])]))
    let object = try parse(#"{"b": 1, "a": {"": []}, "\u0062b": 2}"#)
    #expect(
      object == .object([.init("b", JSON(1)), .init("a", .object([.init("", .array([]))])), .init("bb", JSON(2))]))
    #expect(object["a"]?[""] == .array([]))
    #expect(object["c"] == nil && object["b"]?["c"] == nil)
  }

  @Test(arguments: [
    "0", "-0", "1", "-1", "10", "1234567890123456789012345678901234567890", "0.0", "-0.5", "1e5", "1E5", "1e+5", "1e-5",
    "0e0", "-1.25E-07", "1e999",
  ])
  func numbersKeepTheirDigits(_ digits: String) throws {
    #expect(try parse(digits) == .number(digits))
    #expect(try parse("[\(digits)]").text == "[\(digits)]")
  }

  @Test func strings() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t""#) == .string("\"\\/\u{8}\u{c}\n\r\t"))
    #expect(try parse(#""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#) == .string("Aé€😀\0"))
    #expect(try parse("\"é😀\u{7f}\u{2028}\"") == .string("é😀\u{7f}\u{2028}"))
    // No characters, and yet text.
    let strangers = String(String.UnicodeScalarView([0xffff, 0xfdd0].compactMap { Unicode.Scalar($0 as UInt32) }))
    #expect(try parse(#""\uFFFF\uFDD0""#) == .string(strangers))
    // Equal to the eye, yet two names.
    #expect(try parse(#"{"a": 1, "A": 2, " a": 3}"#)["A"] == JSON(2))
  }

  @Test(arguments: [
    // Nothing, or more than one value.
    "", " ", "1 2", "[] []", "{}x", "[1]]", "{}}", "//", "[1]//", "/**/1", "\u{feff}1", "\u{a0}1", "\u{c}1", "\0",
    // Words.
    "nul", "nulll", "True", "TRUE", "NaN", "Infinity", "-Infinity", "undefined", "truefalse", "t",
    // Numbers.
    "-", "+1", "01", "-01", "00", ".5", "1.", "1.e5", "-.5", "1e", "1e+", "1E-", "1e5.5", "0x10", "1_000", "1,5", "--1",
    "1a",
    "0.1.2", "１",
    // Arrays and objects.
    "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1;2]", "[\"a\"", "{", "}", "{\"a\"}", "{\"a\":}",
    "{\"a\":1,}", "{,}",
    "{1:1}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{\"a\":1,,\"b\":2}", "{\"a\":1",
    "{null:1}",
    "[}", "{]", "{\"a\":[}",
    // Names that stand twice, in one writing or in two.
    #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"[{"b":{"":1,"":1}}]"#,
    // Strings.
    "\"", "\"a", "'a'", "\"\n\"", "\"\t\"", "\"\0\"", "\"\u{1f}\"", #""\"#, #""\""#, #""\x41""#, #""\a""#, #""\'""#,
    #""\u""#, #""\u12""#,
    #""\u123""#, #""\u123g""#, #""\u+123""#, #""\U0041""#, #""\u 041""#, "\"\\\n\"", "\"a\"b\"", "\"\\u００４１\"",
    // Halves of surrogate pairs.
    #""\ud83d""#, #""\ud83d\n""#, #""\ud83dx""#, #""\ude00""#, #""\ude00\ud83d""#, #""\ud83d\ud83d""#,
    #""\ud83d\u0041""#, #""\ud83d\"#,
    #""\ud83d\u"#,
  ])
  func refuses(_ text: String) {
    #expect(throws: JSON.SyntaxError.self) { try parse(text) }
  }

  @Test(
    arguments: [
      [0x22, 0xff, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xc0, 0xaf, 0x22], [0x22, 0xe2, 0x82, 0x22], [0x22, 0x80, 0x22],
      // A surrogate, and more than Unicode has.
      [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], [0xef, 0xbb, 0xbf, 0x31], [0xff],
      // UTF-16.
      [0xff, 0xfe, 0x31, 0], [0, 0x31],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: bytes) }
  }

  @Test func depthIsBounded() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try parse(nested(64)).text == nested(64))
    #expect(throws: JSON.SyntaxError.self) { try parse(nested(65)) }
    #expect(throws: JSON.SyntaxError.self) { try parse(String(repeating: "[", count: 100_000)) }
    #expect(throws: JSON.SyntaxError.self) { try parse(String(repeating: "{\"\":", count: 100_000)) }
  }

  @Test(arguments: [
    ("[1, x]", 4), ("{\"a\": 1, \"a\": 2}", 9), ("[\"ab", 1), ("[1] 2", 4), ("[\"a\\x\"]", 3), ("", 0),
  ])
  func errorsSayWhere(_ text: String, _ offset: Int) {
    let error = #expect(throws: JSON.SyntaxError.self) { try parse(text) }
    #expect(error?.offset == offset)
  }

  @Test func writing() throws {
    let value = JSON.object([
      .init(
        "a\"\\\n\r\t\u{1}\u{1f}\u{7f}é😀/", .array([.null, .bool(true), .bool(false), JSON(-7), JSON(0.1), JSON(1e300)])),
      .init("", .object([])),
    ])
    #expect(value.text == #"{"a\"\\\n\r\t\u0001\u001f"# + "\u{7f}é😀/" + #"":[null,true,false,-7,0.1,1e+300],"":{}}"#)
    #expect(try parse(value.text) == value)
    #expect(JSON(Double.nan) == .null && JSON(-Double.infinity) == .null)
    #expect(JSON(Double.leastNonzeroMagnitude).text == "5e-324")
  }
}

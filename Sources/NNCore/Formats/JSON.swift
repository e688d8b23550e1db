/// A JSON value (RFC 8259), parsed strictly: duplicate names and text after the value are errors, which Foundation's
/// decoders accept. Objects keep their order.
package indirect enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number as text, so that no digit is lost.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      (self.name, self.value) = (name, value)
    }
  }

  /// A syntax error and its offset in the text.
  package struct SyntaxError: Error {
    package let offset: Int
    package let message: String
  }

  /// - Throws: `SyntaxError`.
  package init(parsing text: [UInt8]) throws {
    var parser = JSONParser(text: text)
    self = try parser.parse()
  }

  /// A number; null if it isn't finite, as in JavaScript, because JSON has no other way to write it.
  package init(_ value: Double) {
    self = value.isFinite ? .number("\(value)") : .null
  }

  /// A number with only the digits that a Float needs.
  package init(_ value: Float) {
    self = value.isFinite ? .number("\(value)") : .null
  }

  package init(_ value: Int) {
    self = .number("\(value)")
  }

  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value on one line, without spaces.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let string): Self.quoted(string)
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

private struct JSONParser {
  let text: [UInt8]
  var position = 0
  /// The maximum depth, enough for any header and small enough for any stack.
  static let deepest = 64

  init(text: [UInt8]) {
    self.text = text
  }

  mutating func parse() throws -> JSON {
    skipSpace()
    let value = try parseValue(depth: 0)
    skipSpace()
    guard position == text.count else { throw error("something follows the JSON value") }
    return value
  }

  private func error(_ message: String, at offset: Int? = nil) -> JSON.SyntaxError {
    JSON.SyntaxError(offset: offset ?? position, message: message)
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard take(UInt8(ascii: character)) else { throw error("expected '\(character)'") }
  }

  private mutating func parseValue(depth: Int) throws -> JSON {
    guard depth < Self.deepest else { throw error("nested too deeply") }
    switch next {
    case UInt8(ascii: "{"): return try parseObject(depth: depth)
    case UInt8(ascii: "["): return try parseArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    case nil: throw error("the JSON text ends early")
    default: return try parseNumber()
    }
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSON) throws -> JSON {
    let letters = word.withUTF8Buffer { Array($0) }
    guard text[position...].starts(with: letters) else { throw error("expected a JSON value") }
    position += letters.count
    return value
  }

  private mutating func parseObject(depth: Int) throws -> JSON {
    try expect("{")
    var members: [JSON.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      let start = position
      guard next == UInt8(ascii: "\"") else { throw error("expected a name") }
      let name = try parseString()
      guard names.insert(name).inserted else { throw error("the name '\(name)' stands twice", at: start) }
      skipSpace()
      try expect(":")
      skipSpace()
      members.append(JSON.Member(name, try parseValue(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect("}")
    return .object(members)
  }

  private mutating func parseArray(depth: Int) throws -> JSON {
    try expect("[")
    var items: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      skipSpace()
      items.append(try parseValue(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    try expect("]")
    return .array(items)
  }

  private mutating func parseNumber() throws -> JSON {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try parseDigits() }
    if take(UInt8(ascii: ".")) { try parseDigits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
      try parseDigits()
    }
    return .number(String(decoding: text[start..<position], as: UTF8.self))
  }

  private mutating func parseDigits() throws {
    let start = position
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    if position == start { throw error("expected a JSON value") }
  }

  private mutating func parseString() throws -> String {
    let start = position
    try expect("\"")
    var bytes: [UInt8] = []
    while true {
      guard let byte = next else { throw error("the string is not closed", at: start) }
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else { throw error("not valid UTF-8", at: start) }
        return string
      case UInt8(ascii: "\\"): bytes += Array(String(try parseEscape()).utf8)
      case ..<0x20: throw error("control character in a string", at: position - 1)
      default: bytes.append(byte)
      }
    }
  }

  private mutating func parseEscape() throws -> Unicode.Scalar {
    guard let byte = next else { throw error("the JSON text ends early") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try parseCodePoint()
    default: throw error("unknown escape", at: position - 2)
    }
  }

  /// The code unit after `\u`: four digits, or a surrogate pair.
  private mutating func parseCodePoint() throws -> Unicode.Scalar {
    let start = position - 2
    var code = UInt32(try parseHexadecimal())
    if 0xd800..<0xdc00 ~= code, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let low = UInt32(try parseHexadecimal())
      guard 0xdc00..<0xe000 ~= low else { throw error("half of a surrogate pair", at: start) }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func parseHexadecimal() throws -> UInt16 {
    let digits = text[position..<min(position + 4, text.count)]
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("expected four hexadecimal digits") }
    position += 4
    return value
  }
}

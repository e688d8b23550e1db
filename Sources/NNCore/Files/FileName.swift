/// Names of files as text.
///
/// To the system a name is any bytes but NUL, mostly UTF-8. A byte b that is not part of valid UTF-8 becomes the
/// character U+10FF00 + b, which is for private use; so the text can be converted back to the bytes, and the file can
/// be opened.
package enum FileName {
  private static let first: UInt32 = 0x10ff00
  /// The first byte in UTF-8 of each character that stands for an invalid byte; few other characters begin with it.
  package static let lead: UInt8 = 0xf4

  /// The text of a name.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    if !bytes.contains(lead), let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    var parser = UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var place = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .emptyInput: return String(text)
      case .valid(let encoded):
        let scalar = UTF8.decode(encoded)
        // A character that would stand for a byte is itself escaped.
        if byte(scalar) == nil { text.append(scalar) } else { text += encoded.map(scalar(for:)) }
        place += encoded.count
      case .error(let length):
        text += bytes[place..<place + length].map(scalar(for:))
        place += length
      }
    }
  }

  /// The folder of `path`, with its slash, and the last name in `path`.
  package static func split(_ path: String) -> (folder: String, name: String) {
    // A slash followed by a combining accent is one Character, so that the search goes by bytes.
    let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    return (String(path[..<start]), String(path[start...]))
  }

  /// The bytes of the name that `text` returned this text for.
  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar in byte(scalar).map { [$0] } ?? Array(UTF8.encode(scalar)!) }
  }

  /// The byte that a character of a name's text stands for; nil for a character that stands for itself.
  package static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    scalar.value >= first + 0x80 ? UInt8(scalar.value - first) : nil
  }

  /// The name as a word of a shell's command line, quoted if necessary.
  package static func shellWord(_ name: String) -> String {
    let safe = name.hasPrefix("-") ? "./" + name : name
    let isPlain = safe.allSatisfy { $0.isLetter || $0.isNumber || "_-./+:,@%".contains($0) }
    return isPlain ? safe : "'" + safe.replacing("'", with: "'\\''") + "'"
  }

  private static func scalar(for byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(first + UInt32(byte))! }

  /// Valid UTF-8 for output: each invalid byte becomes U+FFFD.
  package static func shown(_ text: String) -> String {
    guard text.utf8.contains(lead) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { byte($0) == nil ? $0 : "\u{fffd}" }))
  }
}

extension String {
  /// Calls `body` with the name as a C string.
  package func withFileName<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
    guard utf8.contains(FileName.lead) else { return try withCString(body) }
    return try (FileName.bytes(self) + [0]).withUnsafeBytes { try body($0.bindMemory(to: CChar.self).baseAddress!) }
  }
}

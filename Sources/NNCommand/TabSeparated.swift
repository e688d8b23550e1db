import NNCore

extension String {
  /// The text as a column of a tab-separated line: backslash, tab, line feed and carriage return as `\\`, `\t`, `\n`
  /// and `\r`, other control characters, and bytes of file names that are no UTF-8, as `\0` and their number in octal.
  /// `printf %b` gives back what it was.
  package var tabSeparatedField: String {
    guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7f || $0 == UInt8(ascii: "\\") || $0 == FileName.lead }) else {
      return self
    }
    var field = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": field += "\\\\".unicodeScalars
      case "\t": field += "\\t".unicodeScalars
      case "\n": field += "\\n".unicodeScalars
      case "\r": field += "\\r".unicodeScalars
      case ..<" ", "\u{7f}":
        let digits = String(scalar.value, radix: 8)
        field += ("\\0" + String(repeating: "0", count: 3 - digits.count) + digits).unicodeScalars
      default:
        if let byte = FileName.byte(scalar) {
          field += ("\\0" + String(byte, radix: 8)).unicodeScalars
        } else {
          field.append(scalar)
        }
      }
    }
    return String(field)
  }
}

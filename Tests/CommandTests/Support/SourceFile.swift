import Foundation

/// A Swift file of the project, as tests of the sources read it.
struct SourceFile {
  /// Below the folder that was searched.
  let path: String
  let text: String
  /// The text without comments and the contents of string literals.
  let code: String

  init(path: String, text: String) {
    (self.path, self.text) = (path, text)
    code =
      text.replacing(#/"""[\s\S]*?"""/#, with: "\"\"").replacing(#/"(\\.|[^"\\\n])*"/#, with: "\"\"")
      .replacing(#///.*/#, with: "")
  }

  /// All Swift files below a folder of the project. Links are not followed: they lead to folders that are read anyway.
  static func all(below folder: String) throws -> [SourceFile] {
    let base = Project.root + "/" + folder
    return try FileManager.default.subpathsOfDirectory(atPath: base).filter { $0.hasSuffix(".swift") }.sorted().map {
      SourceFile(path: $0, text: try String(contentsOfFile: base + "/" + $0, encoding: .utf8))
    }
  }

  /// The first folder of the path.
  var room: String { String(path.prefix { $0 != "/" }) }

  /// The names of types declared at the top level for other files to use.
  var declaredTypes: Set<String> {
    Set(code.matches(of: Self.declaration).filter { $0.1.isEmpty && !$0.2.contains("private") }.map { String($0.3) })
  }

  /// The names of all types that this file declares, nested ones and private ones included.
  var ownTypes: Set<String> { Set(code.matches(of: Self.declaration).map { String($0.3) }) }

  /// The indentation, the attributes and modifiers, and the name.
  private static var declaration: Regex<(Substring, Substring, Substring, Substring)> {
    #/^( *)((?:@\w+(?:\([^)]*\))?\s+|\w+\s+)*?)(?:struct|class|enum|protocol|actor|typealias)\s+([A-Z]\w*)/#
      .anchorsMatchLineEndings()
  }

  var lines: [Substring] {
    text.dropLast(text.hasSuffix("\n") ? 1 : 0).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Whether a line, from 0, holds no string literal, nor a part of one.
  func isCode(line: Int) -> Bool {
    let before = lines[..<line].reduce(0) { $0 + $1.matches(of: #/"""/#).count }
    return before % 2 == 0 && !lines[line].contains("\"")
  }

  /// Functions and initialisers with the number of their parameters.
  var functions: [(name: String, parameters: Int)] {
    code.matches(of: #/\b(?:func\s+(\w+)|(init))[?!]?(?:<[^>]*>)?\(/#).map { match in
      var depth = 1
      var colons = 0
      for character in code[match.range.upperBound...] {
        switch character {
        case "(", "[", "{": depth += 1
        case ")", "]", "}": depth -= 1
        case ":" where depth == 1: colons += 1
        default: break
        }
        if depth == 0 { break }
      }
      return (String(match.1 ?? "init"), colons)
    }
  }

  var capitalizedWords: Set<String> { Set(code.matches(of: #/\b[A-Z]\w*/#).map { String($0.0) }) }
}

import ArgumentParser
import NNCore

/// Checks the words of a command line against the options that the command declares, and puts them into the form that
/// swift-argument-parser takes: one option a word, and values that begin with a dash joined to their option.
///
/// The first thing that is wrong is told, before anything that is missing.
struct CommandLineReader {
  private let arguments: [String: CommandArgument]
  private let known: Set<String>
  private var words: ArraySlice<String>
  private var checked: [String] = []
  /// The values that options have been given, by the option's name.
  private var values: [String: String] = [:]

  private init(_ words: [String], arguments: [CommandArgument]) {
    self.words = words[...]
    self.arguments = Dictionary(
      arguments.flatMap { argument in argument.names.map { ($0, argument) } }, uniquingKeysWith: { first, _ in first })
    known = Set(self.arguments.keys)
  }

  /// - Returns: the words for swift-argument-parser; only `--help` or `--version` if that comes before an error.
  /// - Throws: `ValidationError` for an unknown option, a missing value, or an option that is given twice.
  static func read(_ words: [String], arguments: [CommandArgument]) throws -> [String] {
    // An option of swift-argument-parser's own.
    if words.first == "--experimental-dump-help" { return words }
    var reader = CommandLineReader(words, arguments: arguments)
    return try reader.read()
  }

  private mutating func read() throws -> [String] {
    while let word = words.popFirst() {
      switch true {
      case word == "--": return checked + [word] + words
      case word.utf8.starts(with: "--".utf8): try readLong(word)
      case word.utf8.starts(with: "-".utf8) && word != "-": try readShort(word)
      default: checked.append(word)
      }
      if let last = checked.last, ["-h", "--help", "--version"].contains(last) { return [last] }
    }
    return checked
  }

  /// Reads `--name`, `--name value` or `--name=value`.
  private mutating func readLong(_ word: String) throws {
    let scalars = word.unicodeScalars
    let equals = scalars.firstIndex(of: "=")
    let typed = String(scalars[..<(equals ?? scalars.endIndex)])
    let value = equals.map { String(scalars[scalars.index(after: $0)...]) }
    guard let name = OptionSynonyms.resolve(typed, known: known), let argument = arguments[name] else {
      throw unknown(typed, in: typed)
    }
    if argument.kind == .flag {
      try addFlag(name)
      checked.append(name + (value.map { "=" + $0 } ?? ""))
    } else {
      try add(name, of: argument, value)
    }
  }

  /// Reads `-abc`: flags, of which the last may be an option whose value is the rest of the word or the next word.
  private mutating func readShort(_ word: String) throws {
    var letters = word.unicodeScalars.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      guard let argument = arguments[name] else { throw unknown(name, in: word) }
      if argument.kind == .option {
        if letters.first == "=" {
          letters.removeFirst()
        } else if letters.isEmpty {
          return try add(name, of: argument, nil)
        }
        return try add(name, of: argument, String(letters))
      }
      if letters.first == "=" {
        let value = String(letters.dropFirst())
        throw ValidationError("The option '\(name)' does not take any value, but '\(value)' was specified.")
      }
      checked.append(name)
      if name == "-h" { return }
    }
  }

  /// Notes a long flag, which may be given again but not with its opposite, as in `--shuffle --no-shuffle`.
  private mutating func addFlag(_ name: String) throws {
    let stem = name.utf8.starts(with: "--no-".utf8) ? "--" + name.dropFirst(5) : name
    if let earlier = values.updateValue(name, forKey: stem), earlier != name {
      throw ValidationError("\(earlier) and \(name) exclude each other.")
    }
  }

  /// Adds an option with `joined` or else the next word as its value.
  private mutating func add(_ name: String, of argument: CommandArgument, _ joined: String?) throws {
    let value = try joined ?? nextValue(of: name, argument)
    if let alone = argument.valueIfAlone { return try addOptional(name, value, alone: alone) }
    if !argument.isList, let earlier = values.updateValue(value, forKey: argument.name) {
      throw ValidationError("\(argument.name) is given twice, as '\(earlier)' and as '\(value)': leave out one.")
    }
    if value.utf8.starts(with: "-".utf8), value != "-" {
      checked.append("\(name)=\(value)")
    } else {
      checked += [name, value]
    }
  }

  /// Adds an option whose value may be left out. Like a flag it may be given again.
  private mutating func addOptional(_ name: String, _ value: String, alone: String) throws {
    let word = value == alone ? name : "\(name) \(value)"
    if let earlier = values.updateValue(word, forKey: name), earlier != word {
      throw ValidationError("\(earlier) and \(word) exclude each other.")
    }
    checked.append("\(name)=\(value)")
  }

  /// The next word, unless it looks like an option; what begins as a negative number doesn't.
  private mutating func nextValue(of name: String, _ argument: CommandArgument) throws -> String {
    if let alone = argument.valueIfAlone {
      guard let word = words.first, argument.takesAsOptionalValue(word) else { return alone }
      words.removeFirst()
      return word
    }
    let missing = "Missing value for '\(name) <\(argument.valueName)>'"
    guard let word = words.first, word != "--" else { throw ValidationError(missing) }
    guard word.utf8.starts(with: "-".utf8), word != "-", !Self.isNumber(word) || known.contains(word) else {
      words.removeFirst()
      return word
    }
    let isOption = known.contains(word) || OptionSynonyms.resolve(word, known: known) != nil
    throw ValidationError(
      isOption
        ? missing : "\(missing): '\(word)' looks like an option; if it is the value, write \(argument.name)=\(word)")
  }

  /// Whether a word begins as a negative number, such as -1 or -1:1.
  private static func isNumber(_ word: String) -> Bool {
    let start = word.utf8.dropFirst().first { $0 != UInt8(ascii: ".") }
    return Double(word) != nil || start.map { 48...57 ~= $0 } ?? false
  }

  private func unknown(_ name: String, in word: String) -> ValidationError {
    var message = "Unknown option '\(name)'" + (word == name ? "" : " in '\(word)'")
    if word.withFileName({ access($0, F_OK) }) == 0 {
      message += ": to name the file, write './\(word)'"
    } else if let suggestion = OptionSynonyms.suggestion(for: word, known: known) {
      message += ". Did you mean '\(suggestion)'?"
    }
    return ValidationError(message)
  }
}

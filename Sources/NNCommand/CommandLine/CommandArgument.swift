import ArgumentParser
import NNCore

/// An option, a flag or an operand that a command declares.
struct CommandArgument {
  enum Kind: String {
    case operand = "positional"
    case option, flag
  }

  /// What a shell offers for a value.
  enum Completion: Equatable {
    case nothing
    case words([String])
    /// Files with these endings and folders, or all files if there are no endings.
    case files(endings: [String])
    case folder
  }

  let kind: Kind
  /// The names with their dashes; an operand has none.
  let names: [String]
  let valueName: String
  let help: String
  let isList: Bool
  let completion: Completion
  /// The value of an option that is given without one; nil if it needs one. A value then consists of the words that are
  /// completed, with commas between.
  var valueIfAlone: String?

  /// The name that errors use.
  var name: String { names.first { $0.utf8.starts(with: "--".utf8) } ?? names.first ?? "<\(valueName)>" }

  /// The arguments that the help of `command` shows.
  static func all(of command: (some Tool).Type) -> [CommandArgument] {
    let json = try? JSON(parsing: Array(command._dumpHelp().utf8))
    let arguments = (json?["command"]?["arguments"]?.items ?? []).compactMap(CommandArgument.init)
    return arguments.map { argument in
      var argument = argument.names.contains("--output") && !command.takesSeveralOutputs ? argument.single : argument
      argument.valueIfAlone = argument.names.lazy.compactMap { command.optionalValues[$0] }.first
      return argument
    }
  }

  /// Whether a word is meant as the value of an option that may have none: one of its parts is a word that is
  /// completed.
  func takesAsOptionalValue(_ word: String) -> Bool {
    guard case .words(let words) = completion else { return false }
    return word.split(separator: ",").contains { words.contains(String($0)) }
  }

  /// The argument without leave to be given more than once.
  private var single: CommandArgument {
    CommandArgument(
      kind: kind, names: names, valueName: valueName, help: help, isList: false, completion: completion)
  }
}

extension CommandArgument {
  /// Reads an entry of the description that swift-argument-parser prints for `--experimental-dump-help`; nil for a
  /// hidden argument.
  fileprivate init?(_ json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init), json["shouldDisplay"] == .bool(true) else { return nil }
    self.kind = kind
    names = (json["names"]?.items ?? []).compactMap { name in
      name["name"]?.string.map { (name["kind"] == .string("short") ? "-" : "--") + $0 }
    }
    valueName = json["valueName"]?.string ?? ""
    help = json["abstract"]?.string ?? ""
    isList = json["isRepeating"] == .bool(true)
    let completion = json["completionKind"]
    if let words = completion?["list"]?["values"] ?? json["allValues"] {
      self.completion = .words(words.items.compactMap(\.string))
    } else if let endings = completion?["file"]?["extensions"] {
      self.completion = .files(endings: endings.items.compactMap(\.string))
    } else {
      self.completion = completion?["directory"] == nil ? .nothing : .folder
    }
  }
}

extension JSON {
  fileprivate var items: [JSON] { if case .array(let items) = self { items } else { [] } }
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
}

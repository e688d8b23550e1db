/// The completion script for zsh: a function for `fpath`, which may be sourced too.
struct ZshCompletion {
  let command: String
  let arguments: [CommandArgument]

  var script: String {
    """
    _\(command)() {
      local -a specs=(
    \(arguments.map { "    " + spec($0) }.joined(separator: "\n"))
      )
      _arguments -s -S : $specs
    }

    if [[ ${funcstack[1]} == _\(command) ]]; then _\(command) "$@"; else compdef _\(command) \(command); fi
    """
  }

  private func spec(_ argument: CommandArgument) -> String {
    var value = ":\(escaped(argument.valueName, ":")):\(action(argument.completion))"
    // A message about an operand keeps zsh from completing the options.
    if argument.kind == .operand, argument.completion == .nothing {
      value = #":\#(argument.valueName):_guard "(|[^-]*)" \#(argument.valueName)"#
    }
    let help = "[\(escaped(argument.help, "[]"))]"
    switch argument.kind {
    case .operand: return quoted((argument.isList ? "*" : ":") + value)
    case .flag:
      return excluded(argument) + names(argument.names) + quoted(help)
    case .option:
      let names = argument.names.map { $0.utf8.starts(with: "--".utf8) ? $0 + "=" : $0 + "+" }
      return excluded(argument) + self.names(names) + quoted(help + value)
    }
  }

  /// The names that are not offered once the argument was given.
  private func excluded(_ argument: CommandArgument) -> String {
    if argument.isList { return "'*'" }
    return argument.names.count > 1 ? quoted("(\(argument.names.joined(separator: " ")))") : ""
  }

  private func names(_ names: [String]) -> String {
    names.count > 1 ? "{\(names.joined(separator: ","))}" : names[0]
  }

  private func action(_ completion: CommandArgument.Completion) -> String {
    switch completion {
    case .nothing: " "
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .files(let endings) where endings.isEmpty: "_files"
    case .files(let endings): #"_files -g "*.(\#(endings.joined(separator: "|")))(-.)""#
    case .folder: "_files -/"
    }
  }

  private func escaped(_ text: String, _ special: String) -> String {
    text.map { special.contains($0) || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }

  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }
}

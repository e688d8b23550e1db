/// The completion script for fish.
struct FishCompletion {
  let command: String
  let arguments: [CommandArgument]

  var script: String {
    (["complete -c \(command) -f"] + arguments.map(line)).joined(separator: "\n")
  }

  private func line(_ argument: CommandArgument) -> String {
    let names = argument.names.map { name in
      name.utf8.starts(with: "--".utf8) ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
    }
    let description = argument.kind == .operand ? "" : " -d \(quoted(argument.help))"
    let value = argument.kind == .option ? " -r" : ""
    return "complete -c \(command)" + names.joined() + value + action(argument) + description
  }

  private func action(_ argument: CommandArgument) -> String {
    if argument.kind == .flag { return "" }
    return switch argument.completion {
    case .nothing: " -f"
    case .words(let words): " -f -a \(quoted(words.joined(separator: " ")))"
    case .files(let endings) where endings.isEmpty: " -F"
    case .files(let endings):
      " -f -k -a \(quoted("(" + endings.map { "__fish_complete_suffix .\($0)" }.joined(separator: "; ") + ")"))"
    case .folder: " -f -a '(__fish_complete_directories)'"
    }
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: #"\\"#).replacing("'", with: #"\'"#) + "'"
  }
}

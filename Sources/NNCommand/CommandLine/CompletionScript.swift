import ArgumentParser
import NNCore

/// The completion script of a command for a shell, made from the arguments that the command declares.
enum CompletionScript {
  enum Shell: String {
    case bash, zsh, fish
  }

  private static let option = "--generate-completion-script"

  /// The script that the command line asks for by `--generate-completion-script SHELL`; nil if it asks for none.
  ///
  /// - Throws: `ValidationError` for an unknown shell.
  static func asked(by words: [String], command: String, _ arguments: [CommandArgument]) throws -> String? {
    let parts = words.first?.split(separator: "=", maxSplits: 1).map(String.init) ?? []
    guard parts.first == option else { return nil }
    let own = getenv("SHELL").map { FileName.split(String(cString: $0)).name } ?? ""
    guard let shell = Shell(rawValue: parts.dropFirst().first ?? words.dropFirst().first ?? own) else {
      throw ValidationError("\(option) takes bash, zsh or fish.")
    }
    let heading = "# Completions of \(command) for \(shell): what '\(command) \(option) \(shell)' prints.\n"
    return switch shell {
    case .bash: heading + BashCompletion(command: command, arguments: arguments).script
    case .zsh: "#compdef \(command)\n" + heading + ZshCompletion(command: command, arguments: arguments).script
    case .fish: heading + FishCompletion(command: command, arguments: arguments).script
    }
  }
}

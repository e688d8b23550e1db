/// The completion script for bash.
struct BashCompletion {
  let command: String
  let arguments: [CommandArgument]

  private var function: String { "_" + command.replacing("-", with: "_") }

  var script: String {
    let options = arguments.flatMap(\.names).joined(separator: " ")
    let values = arguments.filter { $0.kind == .option }.map { argument in
      "    \(argument.names.joined(separator: " | "))) \(action(argument.completion))return ;;"
    }
    let operand = arguments.first { $0.kind == .operand }.map { action($0.completion) } ?? ""
    return """
      \(function)_words() {
        local line
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$1" -- "$word")
      }

      # Files with the endings and folders; all files if there are none, or if the word has quotes.
      \(function)_files() {
        local line ending
        if [[ $word != *[\\\\\\"\\'\\$\\~\\`]* ]]; then
          for ending; do
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -X "!*.$ending" -- "$word")
          done
          (($#)) && while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$word")
        fi
        if ((${#COMPREPLY[@]})); then compopt -o filenames; else compopt -o default; fi
      }

      \(function)_folders() {
        compopt -o dirnames
      }

      \(function)() {
        local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} i
        COMPREPLY=()
        # '=' is a word of its own.
        if [[ $word == '=' ]]; then
          word=
        elif [[ $option == '=' ]]; then
          option=${COMP_WORDS[COMP_CWORD - 2]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} == -- ]] && option=--; done
        case $option in
      \(values.joined(separator: "\n"))
        esac
        if [[ $word == -* && $option != -- ]]; then
          \(function)_words '\(options)'
          return
        fi
        \(operand)return
      }

      complete -F \(function) \(command)
      """
  }

  private func action(_ completion: CommandArgument.Completion) -> String {
    switch completion {
    case .nothing: ""
    case .words(let words): "\(function)_words '\(words.joined(separator: " "))'; "
    case .files(let endings): "\(function)_files \(endings.map { $0 + " " }.joined())".trimmed + "; "
    case .folder: "\(function)_folders; "
    }
  }
}

extension String {
  fileprivate var trimmed: String { last == " " ? String(dropLast()) : self }
}

import ArgumentParser
import NNCommand
import NNCore

/// Options for a list of picture names.
struct FileNameOptions: ParsableArguments {
  @Option(
    name: .customLong("files0-from"),
    help: ArgumentHelp(
      "Take the names of pictures and folders from a file, a NUL after each; - for standard input.", valueName: "file"),
    completion: .anyFile)
  var files0From: String?

  @Flag(name: .customShort("0"), help: "The same as --files0-from -.")
  var fromStandardInput = false

  func validate() throws {
    guard files0From == nil || !fromStandardInput else {
      throw ValidationError("-0 and --files0-from exclude each other.")
    }
  }

  /// The name of the list, `-` for standard input; nil for none.
  var list: String? { fromStandardInput ? "-" : files0From }
}

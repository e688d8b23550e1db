import ArgumentParser
import NNCore

/// Options for a list of the names of inputs.
package struct FileNameOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the names of the inputs from a file, a name a line; - for standard input.", valueName: "file"),
    completion: .anyFile)
  package var filesFrom: String?

  @Option(
    name: .customLong("files0-from"),
    help: ArgumentHelp(
      "Take the names of the inputs from a file, a NUL after each; - for standard input.", valueName: "file"),
    completion: .anyFile)
  package var files0From: String?

  @Flag(name: .customShort("0"), help: "The same as --files0-from -.")
  package var fromStandardInput = false

  package init() {}

  package func validate() throws {
    guard [filesFrom != nil, files0From != nil, fromStandardInput].count(where: { $0 }) <= 1 else {
      throw ValidationError("-0, --files0-from and --files-from exclude each other.")
    }
  }

  /// The name of the list, `-` for standard input; nil for none.
  package var list: String? { filesFrom ?? (fromStandardInput ? "-" : files0From) }

  /// Opens the list; nil if there is none.
  ///
  /// - Throws: as `Operands.open`.
  package func open(_ operands: Operands) throws -> FileNameList? {
    try list.map { FileNameList(try operands.open($0), filesFrom == nil ? .nul : .lineFeed) }
  }
}

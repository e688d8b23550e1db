import ArgumentParser
import NNCore
import NNKernelDispatch

/// The options of every tool.
package struct CommonOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
  package var quiet = false

  @Option(
    name: [.customShort("o"), .customLong("output")], parsing: .singleValue,
    help: ArgumentHelp("Write to FILE, whole or not at all.", valueName: "file"),
    completion: .anyFile)
  package var outputs: [String] = []

  /// The first one; a tool that takes several asks for `outputs`.
  package var output: String? { outputs.first }

  package init() {}

  package func validate() throws {
    if outputs.contains("") { throw ValidationError("-o takes the name of a file, or - for standard output.") }
  }
}

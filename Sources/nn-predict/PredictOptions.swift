import ArgumentParser
import NNCommand
import NNCore

/// Where more names of pictures come from.
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

  /// The list of names, if there is one.
  var list: String? { fromStandardInput ? "-" : files0From }
}

/// When no digit is given.
struct RejectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Give no digit, but \"-\" and a reason, where none is as likely as that.", valueName: "p"))
  var minProbability: Float = 0

  @Flag(help: "End with status 65 if any picture got no digit.")
  var strict = false

  func validate() throws {
    guard (0...1).contains(minProbability) else { throw ValidationError("--min-probability takes a number of 0 to 1.") }
  }

  /// - Throws: `AlreadyReported` if something was rejected, as its line tells, and that is to be a failure.
  func finish(isStrictlyDone: Bool) throws {
    if strict, !isStrictlyDone { throw AlreadyReported(.badData) }
  }
}

/// Showing what the network saw.
struct SeeingOptions: ParsableArguments {
  @Flag(help: "Show below each line what the network saw, and a bar for each digit.")
  var show = false

  @Option(
    name: .customLong("graphics"),
    help: ArgumentHelp(
      "How --show draws: auto (as the terminal can), kitty, sixel, blocks or ascii (default: auto).", valueName: "name")
  )
  var graphicsChoice: GraphicsChoice?

  @Option(
    help: ArgumentHelp(
      "Write the stages of each picture on its way to the network into a new folder, as PNG.", valueName: "folder"),
    completion: .directory)
  var showStages: String?

  enum GraphicsChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, kitty, sixel, blocks, ascii
  }

  func validate() throws {
    guard graphicsChoice == nil || show else { throw ValidationError("--graphics goes with --show.") }
  }

  /// What was asked for; nil for what the terminal can do.
  var graphics: Terminal.Graphics? { (graphicsChoice?.rawValue).flatMap(Terminal.Graphics.init) }
}
